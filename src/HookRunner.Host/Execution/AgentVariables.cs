using System.Collections;
using System.Collections.Immutable;

namespace HookRunner.Host.Execution;

/// <summary>The environment hookrunner was started with, read once.</summary>
internal sealed class AgentVariables(IReadOnlyDictionary<string, string> all)
{
    private static readonly string[] RevisionNames = ["BUNDLE_BUCKET", "BUNDLE_KEY", "BUNDLE_VERSION", "BUNDLE_ETAG", "BUNDLE_COMMIT"];

    public IReadOnlyDictionary<string, string> All { get; } = all;

    public string? Event => Value("LIFECYCLE_EVENT");

    public string? Group => Value("DEPLOYMENT_GROUP_NAME");

    public string? GroupId => Value("DEPLOYMENT_GROUP_ID");

    public string? Application => Value("APPLICATION_NAME");

    public string? Deployment => Value("DEPLOYMENT_ID");

    public string? Bundle => Value("HOOKRUNNER_BUNDLE");

    /// <summary>The agent started this process: it always sets these two (agent 1.8.1, hook_executor.rb:106-111).</summary>
    public bool AreTheAgents => Event is not null && Deployment is not null;

    /// <summary>sudo leaves its own mark and takes the agent's variables away: `sudo: true` in appspec.yml.</summary>
    public bool AreSudos => Event is null && Value("SUDO_COMMAND") is not null;

    public ImmutableSortedDictionary<string, string> Revision => RevisionNames
        .Where(name => Value(name) is not null)
        .ToImmutableSortedDictionary(name => name, name => Value(name)!, StringComparer.Ordinal);

    public static AgentVariables Read()
    {
        var all = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (DictionaryEntry entry in Environment.GetEnvironmentVariables())
        {
            all[(string)entry.Key] = (string?)entry.Value ?? "";
        }

        return new AgentVariables(all);
    }

    private string? Value(string name) => All.GetValueOrDefault(name) is { Length: > 0 } value ? value : null;
}
