using System.Collections.Immutable;
using HookRunner.Host.Os;
using HookRunner.Host.State;
using static HookRunner.Host.State.JournalRecord;

namespace HookRunner.Host.Releases;

/// <summary>What this host knows of one application, to be shown.</summary>
internal sealed record HostStatus
{
    public required string Application { get; init; }

    public required string State { get; init; }

    public required ImmutableArray<LinkStatus> Links { get; init; }

    /// <summary>Newest first.</summary>
    public required ImmutableArray<ReleaseStatus> Releases { get; init; }

    /// <summary>Newest first.</summary>
    public required ImmutableArray<DeploymentHistory> Deployments { get; init; }

    /// <param name="most">How many deployments.</param>
    public static HostStatus Of(HostState.Found found, int most)
    {
        using var journal = Journal.OpenToRead(found.Layout.Journal);
        var records = journal.NewestFirst().ToList();
        var links = records.OfType<DeploymentSeen>().Select(seen => seen.Link).Where(link => link.Length > 0).Distinct().ToList();
        return new HostStatus
        {
            Application = found.Last.Application,
            State = found.Layout.Directory,
            Links = [.. links.Select(link => LinkStatus.Of(found.Layout, link, records))],
            Releases = [.. ReleasesOf(records, [.. links.Select(ReleaseLink.Target).OfType<string>()])],
            Deployments = RunHistory.Deployments(records, most),
        };
    }

    private static IEnumerable<ReleaseStatus> ReleasesOf(List<JournalRecord> records, HashSet<string> live)
    {
        var unusable = ActivationChain.Unusable(records);
        return records
            .Select(record => record switch
            {
                ReleaseStaged staged => (staged.Path, staged.Deployment),
                ReleaseAdopted adopted => (adopted.Path, Deployment: ""),
                _ => default,
            })
            .Where(item => item.Path is not null && FileStatus.Of(item.Path, out _) is null)
            .DistinctBy(item => item.Path)
            .Select(item => new ReleaseStatus(item.Path, item.Deployment, live.Contains(item.Path), unusable.Contains(item.Path)));
    }
}

/// <param name="Live">What it points to; null: nothing, or it is no link.</param>
/// <param name="Previous">Where `hookrunner rollback` would go.</param>
/// <param name="Holder">Who has its lock now.</param>
internal sealed record LinkStatus(string Link, string? Live, string? Previous, LockHolder? Holder)
{
    public static LinkStatus Of(StateLayout layout, string link, IReadOnlyCollection<JournalRecord> newestFirst)
    {
        var live = ReleaseLink.Target(link);
        return new LinkStatus(link, live, ActivationChain.Previous(newestFirst, link, live), LockLook.HolderOf(layout, link));
    }
}

/// <param name="Deployment">Empty for a directory that was adopted.</param>
internal sealed record ReleaseStatus(string Path, string Deployment, bool IsLive, bool IsBad);
