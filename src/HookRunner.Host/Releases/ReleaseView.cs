using System.Collections.Immutable;
using HookRunner.Core.Planning;
using HookRunner.Host.State;

namespace HookRunner.Host.Releases;

/// <summary>What `plan` can tell of this host's releases: it reads link and journal, and touches nothing.</summary>
internal sealed record ReleaseView
{
    /// <summary>The directory that was chosen for the deployment's release; null where no event of it has run here.</summary>
    public string? Directory { get; init; }

    /// <summary>Lines for a person; none on a host that knows nothing of the link.</summary>
    public ImmutableArray<string> Lines { get; init; } = [];

    /// <param name="state">`--state`; null: what the file says, else the system's place.</param>
    public static ReleaseView Of(ExecutionPlan plan, string? state)
    {
        if (plan.Release is not { } release)
        {
            return new ReleaseView();
        }

        using var releases = ReleaseContext.OpenToRead(plan, StateLayout.For(plan.Application, state ?? plan.State));
        var lines = ImmutableArray.CreateBuilder<string>();
        if (releases.Live is { } live)
        {
            lines.Add($"on this host now: {release.Link} -> {live}");
        }

        if (releases.Directory is { } directory)
        {
            lines.Add($"on this host now: this deployment's release is {directory}");
        }

        return new ReleaseView { Directory = releases.Directory, Lines = lines.ToImmutable() };
    }
}
