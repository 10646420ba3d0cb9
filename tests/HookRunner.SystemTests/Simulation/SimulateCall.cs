using System.Collections.Immutable;
using System.Diagnostics;
using HookRunner.SystemTests.Support;

namespace HookRunner.SystemTests.Simulation;

/// <summary>`hookrunner simulate` as a person starts it, at a shell of their own.</summary>
internal sealed record SimulateCall(string Bundle, string Group)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public ImmutableArray<string> Options { get; init; } = [];

    /// <summary>Somebody who is not root and owns nothing.</summary>
    public bool AsNobody { get; init; }

    /// <summary>Words of another program that starts it.</summary>
    public ImmutableArray<string> Through { get; init; } = [];

    /// <summary>Put before the others on the PATH.</summary>
    public string? ProgramFolder { get; init; }

    public SimulateResult Run()
    {
        using var process = Start();
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"simulate still ran after {Patience.TotalSeconds:0} s: {output.Result}{errors.Result}");
        }

        return new SimulateResult(process.ExitCode, output.Result, errors.Result);
    }

    public Process Start()
    {
        var words = Words();
        var start = new ProcessStartInfo(words[0], words[1..]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["PATH"] = $"{(ProgramFolder is null ? "" : ProgramFolder + ":")}{start.Environment["PATH"]}";
        return Process.Start(start)!;
    }

    private ImmutableArray<string> Words()
    {
        ImmutableArray<string> call = [AsNobody ? ReadableExecutable.Path : HookRunnerExecutable.Path, "simulate", Bundle, "--group", Group, .. Options];
        return AsNobody && Environment.IsPrivilegedProcess
            ? ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--", .. call]
            : [.. Through, .. call];
    }
}
