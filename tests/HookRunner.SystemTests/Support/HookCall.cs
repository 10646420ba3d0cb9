using System.Collections.Immutable;

namespace HookRunner.SystemTests.Support;

/// <summary>One event of one deployment, as the service orders it from the agent.</summary>
/// <param name="Archive">The unpacked revision that the script is taken from.</param>
/// <param name="Event">LIFECYCLE_EVENT.</param>
internal sealed record HookCall(string Archive, string Event)
{
    /// <summary>As in appspec.yml.</summary>
    public string Location { get; init; } = "hookrunner";

    /// <summary>As in appspec.yml: of this one script.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(3600);

    public string DeploymentId { get; init; } = "d-SAMPLE001";

    public string Application { get; init; } = "sample";

    public string Group { get; init; } = "Staging-APP";

    public string GroupId { get; init; } = "11111111-2222-3333-4444-555555555555";

    /// <summary>BUNDLE_* variables; none, as for a local revision.</summary>
    public ImmutableSortedDictionary<string, string> Revision { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    public string Script => Path.Join(Archive, Location);

    /// <summary>The agent's own environment with this call's variables over it.</summary>
    public ImmutableSortedDictionary<string, string> Over(ImmutableSortedDictionary<string, string> agent) => agent
        .SetItem("LIFECYCLE_EVENT", Event)
        .SetItem("DEPLOYMENT_ID", DeploymentId)
        .SetItem("APPLICATION_NAME", Application)
        .SetItem("DEPLOYMENT_GROUP_NAME", Group)
        .SetItem("DEPLOYMENT_GROUP_ID", GroupId)
        .SetItems(Revision);
}
