using System.Collections.Immutable;

namespace HookRunner.Core.Planning;

/// <summary>What a person may add to a plan on the command line.</summary>
internal sealed record PlanOptions
{
    public static PlanOptions Default { get; } = new();

    /// <summary>
    /// `--set NAME=VALUE`: values in place of what is read when a step starts, by full names (`env.NAME`, `instance.id`,
    /// `release.live`).
    /// </summary>
    public ImmutableSortedDictionary<string, string> Set { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>
    /// For a plan that is only shown: `release.dir` stands as the releases directory and the deployment, since the true
    /// name is chosen when the event runs.
    /// </summary>
    public bool AssumesReleaseDirectory { get; init; }
}
