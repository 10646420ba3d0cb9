using System.Collections.Immutable;
using System.Globalization;

namespace HookRunner.SystemTests.Releases;

/// <summary>How the tracer (tracer.c) is to treat one run: which call it kills at, or lets fail.</summary>
internal sealed record Tracer
{
    /// <summary>Counts calls that only look, too.</summary>
    public bool CountsAll { get; init; }

    public int KillAt { get; init; }

    public (int Call, int Error)? Fail { get; init; }

    /// <summary>Every rename from a path with this in it fails with EXDEV.</summary>
    public string? OtherFileSystem { get; init; }

    public ImmutableArray<string> Words(string root) =>
    [
        NativeProgram.Of("tracer"), "-p", "-r", Path.Join(root, "site"), "-r", Path.Join(root, "state"), "-o", Path.Join(root, "calls"),
        .. CountsAll ? new[] { "-a" } : [],
        .. KillAt > 0 ? new[] { "-k", Text(KillAt) } : [],
        .. Fail is { } fail ? new[] { "-n", Text(fail.Call), "-e", Text(fail.Error) } : [],
        .. OtherFileSystem is { } path ? new[] { "-x", path } : [],
    ];

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
