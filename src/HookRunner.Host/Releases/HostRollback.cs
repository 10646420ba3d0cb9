using HookRunner.Host.Os;
using HookRunner.Host.State;
using static HookRunner.Host.State.JournalRecord;

namespace HookRunner.Host.Releases;

/// <summary>
/// `hookrunner rollback`: one activation back each time, over every release that is marked bad or gone, or to the one that is
/// asked for. Under the locks of the application and its link.
/// </summary>
/// <param name="To">A deployment's id or a release's name; null: one back.</param>
internal sealed record HostRollback(HostState.Found Found, string? To, Action<string> Say, CancellationToken Stopping)
{
    private static readonly TimeSpan LockWait = TimeSpan.FromSeconds(30);

    public RollbackResult Run()
    {
        using var look = Journal.OpenToRead(Found.Layout.Journal);
        return look.NewestFirst(JournalFormat.OfReleases).OfType<ReleaseActivated>().FirstOrDefault()?.Link is { } link
            ? Run(link)
            : new RollbackResult.Refused($"no release of {Found.Last.Application} was ever activated here");
    }

    private RollbackResult Run(string link)
    {
        switch (HostLock.Acquire(Request(link)))
        {
            case LockOutcome.Held held:
                using (held.Locks)
                {
                    using var journal = Journal.Open(Found.Layout.Journal);
                    var result = GoBack(link, journal);
                    held.Locks.End(HolderState.Over);
                    return result;
                }

            case LockOutcome.Failed failed:
                return new RollbackResult.Refused($"the lock cannot be taken: {failed.Error}");
            case LockOutcome.Stopped:
                return new RollbackResult.Refused("told to stop while waiting for the lock");
            case var busy:
                return new RollbackResult.Locked(busy.ToString()!);
        }
    }

    private RollbackResult GoBack(string link, Journal journal)
    {
        var records = journal.NewestFirst(JournalFormat.OfReleases).ToList();
        if (ReleaseLink.Read(link, out var held) is { } unread)
        {
            return new RollbackResult.Refused($"what {link} holds cannot be read: {unread}");
        }

        var live = ReleaseLink.Absolute(link, held);
        var target = To is null ? ActivationChain.Previous(records, link, live) : Named(records, To);
        if (target is null)
        {
            return new RollbackResult.Refused(To is null
                ? $"there is no release before {live ?? "nothing"} that is neither bad nor gone"
                : $"no release of deployment `{To}` is recorded here; `hookrunner status` lists what there is");
        }

        if (target == live)
        {
            return new RollbackResult.Refused($"{target} is live already");
        }

        if (FileStatus.Followed(target, out _) is { } gone)
        {
            return new RollbackResult.Refused($"{target} is gone: {gone}");
        }

        return Record(journal, link, live, target) is { } error
            ? new RollbackResult.Refused($"the rollback cannot be recorded, so the link was not touched: {error}")
            : Switch(records, link, live, target);
    }

    /// <summary>The release left is bad, whoever comes after; one that is asked for by name is no longer.</summary>
    private PosixError? Record(Journal journal, string link, string? live, string target)
    {
        var deployment = Found.Last.Deployment;
        var named = To is null ? null : journal.Append(new ReleaseActivated(link, target, live) { Deployment = deployment });
        return named
            ?? (live is null ? null : journal.Append(new ReleaseMarkedBad(live) { Deployment = deployment }))
            ?? journal.Append(new ReleaseRolledBack(link, target, live ?? "") { Deployment = deployment });
    }

    private static RollbackResult Switch(List<JournalRecord> records, string link, string? live, string target) =>
        AtomicLink.Switch(new LinkSwitch { Path = link, Target = target }) is LinkSwitchResult.Refused refused
            ? new RollbackResult.Refused(refused.Hint is null ? refused.Reason : $"{refused.Reason} ({refused.Hint})")
            : new RollbackResult.Done(link, target, live, DeploymentOf(records, target));

    private static string? Named(List<JournalRecord> records, string name) => records
        .Select(record => record switch
        {
            ReleaseStaged staged => (staged.Path, staged.Deployment),
            ReleaseAdopted adopted => (adopted.Path, Deployment: ""),
            _ => default,
        })
        .FirstOrDefault(item => item.Path is { } path && (item.Deployment == name || Path.GetFileName(path) == name)).Path;

    private static string DeploymentOf(List<JournalRecord> records, string release) =>
        records.OfType<ReleaseStaged>().FirstOrDefault(staged => staged.Path == release)?.Deployment ?? "";

    private LockRequest Request(string link) => new()
    {
        Layout = Found.Layout,
        Links = [link],
        Me = new LockHolder
        {
            Application = Found.Last.Application,
            Group = Found.Last.Group,
            Deployment = Found.Last.Deployment,
            Event = "rollback",
            ProcessId = Libc.ProcessId(),
            Since = TimeProvider.System.GetUtcNow(),
            BootId = Boot.Id,
            LastSign = Boot.Now,
            State = HolderState.Running,
        },
        SharedHost = Core.Language.SharedHost.Allow,
        Within = LockWait,
        Say = Say,
        Stopping = Stopping,
    };
}

/// <summary>What came of a rollback by hand. A closed set.</summary>
internal abstract record RollbackResult
{
    private RollbackResult()
    {
    }

    /// <param name="Deployment">The one whose release is live now; empty for a directory that was adopted.</param>
    internal sealed record Done(string Link, string Release, string? Left, string Deployment) : RollbackResult;

    /// <summary>Nothing was switched.</summary>
    internal sealed record Refused(string Reason) : RollbackResult;

    internal sealed record Locked(string Reason) : RollbackResult;
}
