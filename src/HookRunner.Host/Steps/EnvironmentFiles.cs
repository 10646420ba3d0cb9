using System.Collections.Immutable;
using HookRunner.Core.Diagnostics;
using HookRunner.Core.Steps;
using HookRunner.Core.Values;
using HookRunner.Host.Steps.Config;

namespace HookRunner.Host.Steps;

/// <summary>What `env_file` entries hold, read when the step starts.</summary>
/// <param name="Values">In the order of files and lines.</param>
/// <param name="Secrets">Values of files marked `secret: true`.</param>
/// <param name="Diagnostics">Missing files and lines that are none.</param>
internal sealed record EnvironmentFiles(
    ImmutableArray<(string Name, string Value)> Values,
    ImmutableArray<string> Secrets,
    DiagnosticBag Diagnostics)
{
    private const long Largest = 1 << 20;

    /// <summary>A simulation did not read one of the files, so that nobody knows what is in it.</summary>
    public bool IsUnread { get; private init; }

    public static EnvironmentFiles Read(ImmutableArray<EnvironmentFile> entries, string bundle, IVariableScope scope)
    {
        var diagnostics = new DiagnosticBag();
        var values = ImmutableArray.CreateBuilder<(string, string)>();
        var secrets = ImmutableArray.CreateBuilder<string>();
        var isUnread = false;
        foreach (var file in entries)
        {
            var written = file.Path.Resolve(scope, diagnostics);
            if (!written.IsComplete || Content(file, Path.Join(bundle, written.Text), written.Text, diagnostics) is not { } source)
            {
                continue;
            }

            isUnread |= source.Line(1).StartsWith(RecordedConfig.Mark, StringComparison.Ordinal);
            var pairs = DotEnv.Read(source, diagnostics);
            values.AddRange(pairs);
            secrets.AddRange(file.Secret ? pairs.Select(pair => pair.Value) : []);
        }

        return new EnvironmentFiles(values.ToImmutable(), secrets.ToImmutable(), diagnostics) { IsUnread = isUnread };
    }

    private static SourceText? Content(EnvironmentFile file, string inBundle, string written, DiagnosticBag diagnostics)
    {
        var path = Path.IsPathRooted(written) ? written : inBundle;
        try
        {
            if (new FileInfo(path) is { Exists: true, Length: > Largest })
            {
                diagnostics.Error(file.Location, $"env_file {path} is larger than 1 MiB");
                return null;
            }

            return new SourceText(path, File.ReadAllText(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (!file.Optional || e is not (FileNotFoundException or DirectoryNotFoundException))
            {
                diagnostics.Error(file.Location, $"env_file {path} cannot be read: {e.Message}",
                    file.Optional ? null : "where it may be absent, write `{ path: ..., optional: true }`");
            }

            return null;
        }
    }
}
