using System.Collections.Immutable;
using System.Text;
using HookRunner.Core.Steps;
using HookRunner.Core.Values;
using HookRunner.Host.Os;

namespace HookRunner.Host.Steps.Containers;

/// <summary>
/// The environment that a container gets. Its values are on no command line, which everyone can read: they go in a file
/// without a name; what such a file cannot hold goes through the client's own environment.
/// </summary>
internal sealed class ContainerEnvironment : IDisposable
{
    /// <summary>Of a line that the engines read; docker's limit is 64 KiB.</summary>
    private const int LongestLine = 60_000;

    private readonly NamelessFile? _file;

    private ContainerEnvironment(ImmutableArray<(string Name, string Value)> values, NamelessFile? file)
    {
        _file = file;
        Values = values;
        Client = [.. values.Where(IsAwkward)];
        Options =
        [
            .. file is null ? [] : (string[])["--env-file", file.Path],
            .. Client.SelectMany(pair => (string[])["--env", pair.Name]),
        ];
    }

    /// <summary>All of it, sorted by name.</summary>
    public ImmutableArray<(string Name, string Value)> Values { get; }

    /// <summary>What the client must have in its own environment.</summary>
    public ImmutableArray<(string Name, string Value)> Client { get; }

    /// <summary>For `docker create`.</summary>
    public ImmutableArray<string> Options { get; }

    /// <summary>Null together with why it could not be made.</summary>
    public static ContainerEnvironment? Of(ContainerRun wanted, StepRun run, out StepOutcome? failure)
    {
        var files = EnvironmentFiles.Read(wanted.EnvironmentFiles, run.Plan.Deployment.Bundle, UnknownScope.Value);
        if (files.Diagnostics.HasErrors)
        {
            var first = files.Diagnostics.Sorted()[0];
            failure = new StepOutcome.Failed(first.Line, first.Remedy);
            return null;
        }

        var values = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in files.Values.Concat(wanted.Environment.Select(pair => (pair.Name, pair.Value.Text))))
        {
            values[name] = value;
        }

        ImmutableArray<(string Name, string Value)> all = [.. values.Select(pair => (pair.Key, pair.Value))];
        run.Hide(files.Secrets, all);
        var text = new StringBuilder();
        foreach (var (name, value) in all.Where(pair => !IsAwkward(pair)))
        {
            text.Append(name).Append('=').Append(value).Append('\n');
        }

        var errno = 0;
        var file = text.Length == 0 ? null : NamelessFile.Of(text.ToString(), out errno);
        failure = errno == 0 ? null : new StepOutcome.Failed($"cannot make a file in memory for the environment: {Errno.Describe(errno)}");
        return errno == 0 ? new ContainerEnvironment(all, file) : null;
    }

    public void Dispose() => _file?.Dispose();

    /// <summary>An env-file has a line for each and no escapes; some versions of podman take quotes off.</summary>
    private static bool IsAwkward((string Name, string Value) pair) =>
        pair.Value.AsSpan().ContainsAny('\n', '\r') || pair.Value is ['"' or '\'' or '`', ..]
        || pair.Name.Length + pair.Value.Length > LongestLine;
}
