using System.Collections.Immutable;
using HookRunner.Core.Deployment;
using HookRunner.Core.Planning;
using HookRunner.Core.Steps;
using HookRunner.Host.Os;
using HookRunner.Host.State;

namespace HookRunner.Host.Releases;

/// <summary>
/// What this host knows of the application's releases while one event runs, and where changes to them are recorded.
/// Opened under the event's locks.
/// </summary>
internal sealed class ReleaseContext : IDisposable
{
    private StartFacts _facts;

    private ReleaseContext(ExecutionPlan plan, StateLayout layout, Journal journal, StartFacts facts) =>
        (Plan, Layout, Journal, _facts) = (plan, layout, journal, facts);

    public ExecutionPlan Plan { get; }

    public StateLayout Layout { get; }

    public Journal Journal { get; }

    /// <summary>Lines worth saying when the event starts: a run that was killed, lists that did not run, what was repaired.</summary>
    public ImmutableArray<string> Notes { get; private set; } = [];

    /// <summary>Before this deployment nothing was at the link. Holds through all its events.</summary>
    public bool IsFirstRelease => Plan.Release is { } release
        ? _facts.Held.TryGetValue(release.Link, out var held) && held is null
        : _facts.Held.Count > 0 && _facts.Held.Values.All(text => text is null);

    /// <summary>`release.dir`: null in the events of the previous revision, and where there is no `release:`.</summary>
    public string? Directory => _facts.Chosen;

    /// <summary>`release.live`: what the link points to now, absolute; null where it is missing or no link.</summary>
    public string? Live => Plan.Release is { } release ? ReleaseLink.Target(release.Link) : null;

    /// <summary>`release.previous`: what `rollback` would go back to; null where there is nothing.</summary>
    public string? Previous => Plan.Release is not { } release ? null
        : _facts.FirstActivation is not null ? ReleaseLink.Absolute(release.Link, PreviousText)
        : Live is { } live && live != Directory ? live : null;

    /// <summary>The link's text before this deployment first activated its release. A directory that was there is kept elsewhere now.</summary>
    public string? PreviousText => _facts.FirstActivation?.Held is { } held && held == Plan.Release?.Link ? _facts.Adopted : _facts.FirstActivation?.Held;

    public StartFacts Facts => _facts;

    /// <summary>The links an event locks: those its steps switch, and that of `release:`.</summary>
    public static ImmutableArray<string> LinksOf(ExecutionPlan plan) =>
        plan.Release is { } release && !plan.Links.Contains(release.Link) ? plan.Links.Add(release.Link) : plan.Links;

    /// <summary>Reads what is known, records what this deployment meets, chooses its release's directory, repairs what a killed run left.</summary>
    public static ReleaseContext Open(ExecutionPlan plan, StateLayout layout)
    {
        var journal = Journal.Open(layout.Journal);
        var context = new ReleaseContext(plan, layout, journal, RunHistory.AtStart(journal, plan.Deployment.Deployment));
        context.Notes = [.. StartNotes.Of(context._facts)];
        if (journal.ReadError is { } unread)
        {
            context.Notes = context.Notes.Add($"warning: the journal cannot be read to its end: {unread}");
        }

        if (journal.Problem is { } problem)
        {
            context.Notes = context.Notes.Add($"warning: the journal cannot be written, and this event will not be in it: {problem}");
        }

        context.Meet();
        context.Choose();
        context.Repair();
        return context;
    }

    /// <summary>
    /// At BeforeInstall, before its steps: makes the staging directory an empty place for Install. Null where that is so, or is
    /// not our business.
    /// </summary>
    public StepOutcome.Failed? PrepareForInstall(Action<string> say, Func<bool> mayGoOn) =>
        PreparesInstall(Plan) ? new StagingPlace(this, Plan.Release!, say, mayGoOn).Clear() : null;

    /// <summary>Whether <see cref="PrepareForInstall"/> has something to do, even where the event has no steps.</summary>
    public static bool PreparesInstall(ExecutionPlan plan) => plan is { Event: LifecycleEvent.BeforeInstall, Release.Staging: not null };

    /// <summary>
    /// Processes that live in an older release although this deployment's is live: after a restart there should be none. A look
    /// at every process of the host.
    /// </summary>
    public ImmutableArray<ReleaseUser> LeftInOldReleases()
    {
        if (Directory is not { } own || _facts.FirstActivation is null || Live != own)
        {
            return [];
        }

        var all = Path.GetDirectoryName(PlaceRules.Real(own))!;
        return HasOthers(all) ? [.. ReleaseUsers.Of(all).Where(user => user.Release != Path.GetFileName(own))] : [];
    }

    /// <summary>A host's first release has none before it, and its processes need not be looked at.</summary>
    private static bool HasOthers(string releases)
    {
        if (OpenDirectory.OpenPath(releases, out var directory) is not null)
        {
            return true;
        }

        using (directory)
        {
            return directory.List(out var names) is not null || names.Count > 1;
        }
    }

    /// <summary>For `plan` and `simulate`'s look at this host: reads, and touches nothing.</summary>
    public static ReleaseContext OpenToRead(ExecutionPlan plan, StateLayout layout)
    {
        var journal = Journal.OpenToRead(layout.Journal);
        return new ReleaseContext(plan, layout, journal, RunHistory.AtStart(journal, plan.Deployment.Deployment));
    }

    /// <summary>Appends a record of this deployment and takes it into account at once, whether or not it could be written.</summary>
    public PosixError? Record(JournalRecord record)
    {
        _facts = record switch
        {
            JournalRecord.ReleaseActivated when _facts.FirstActivation is not null => _facts,
            JournalRecord.ReleaseAdopted adopted => _facts with { Adopted = adopted.Path },
            _ => _facts.With(record),
        };
        return Journal.Append(record);
    }

    public void Dispose() => Journal.Dispose();

    /// <summary>The first event of a deployment that may switch a link remembers what it held before.</summary>
    private void Meet()
    {
        var deployment = Plan.Deployment.Deployment;
        if (!_facts.IsKnown || IsReturnedName)
        {
            _facts = new StartFacts { Killed = _facts.Killed, LastEnd = _facts.LastEnd };
            Record(new JournalRecord.DeploymentSeen("", null) { Deployment = deployment });
        }

        foreach (var link in LinksOf(Plan).Where(link => !_facts.Held.ContainsKey(link)))
        {
            if (ReleaseLink.Read(link, out var held) is { } error)
            {
                Notes = Notes.Add($"warning: what {link} holds cannot be read: {error}");
                continue;
            }

            Record(new JournalRecord.DeploymentSeen(link, held) { Deployment = deployment });
        }
    }

    /// <summary>
    /// `codedeploy-local` names deployments by its process id, and those come back: a new one starts where BeforeInstall
    /// runs under a name whose release was staged long ago.
    /// </summary>
    private bool IsReturnedName =>
        Plan.Event == LifecycleEvent.BeforeInstall && _facts.IsStaged && !Plan.Deployment.Deployment.StartsWith("d-", StringComparison.Ordinal);

    /// <summary>Temporary links of a killed run; its half directories go with the next pruning.</summary>
    private void Repair()
    {
        foreach (var link in _facts.Killed is null ? [] : LinksOf(Plan))
        {
            if (TrustedPlace.Find(link, out var place) is not null)
            {
                continue;
            }

            using (place)
            {
                AtomicLink.Sweep(place.Directory, place.Name);
            }
        }
    }

    private void Choose()
    {
        if (Plan.Release is not { } release || _facts.Chosen is not null || Plan.Event.RunsPreviousRevision())
        {
            return;
        }

        var name = StateName.Of(Plan.Deployment.Deployment);
        var path = Path.Join(release.Releases, name);
        for (var i = 2; FileStatus.Of(path, out _) is null; i++)
        {
            path = Path.Join(release.Releases, $"{name}.{i}");
        }

        Record(new JournalRecord.ReleaseChosen(path) { Deployment = Plan.Deployment.Deployment });
    }
}
