using HookRunner.Core.Language;
using HookRunner.Core.Steps;
using HookRunner.Host.Os;
using HookRunner.Host.State;

namespace HookRunner.Host.Releases;

/// <summary>
/// Makes the staging directory an empty place before Install: what an earlier deployment left there would be mixed with what
/// comes, and what the link resolves into would be overwritten while it is live.
/// </summary>
internal sealed class StagingPlace(ReleaseContext releases, ReleaseSettings settings, Action<string> say, Func<bool> mayGoOn)
{
    private readonly string _staging = settings.Staging ?? "";

    /// <summary>Null where Install finds an empty place, or one that is none of ours, which is said.</summary>
    public StepOutcome.Failed? Clear()
    {
        if (settings.Staging is null)
        {
            return null;
        }

        var failed = TrustedPlace.Find(_staging, out var place) is { } trouble
            ? trouble.Number == Errno.ENOENT ? null : Failure.Of(trouble)
            : Using(place);
        if (failed is null && FileStatus.Of(_staging, out _) is not null)
        {
            releases.Record(new JournalRecord.StagingAwaited(_staging) { Deployment = releases.Plan.Deployment.Deployment });
        }

        return failed;
    }

    private StepOutcome.Failed? Using(TrustedPlace place)
    {
        using (place)
        {
            // What runs that were killed, or short of time, did not come to remove.
            if (new TreeRemoval(TreeRemoval.Bounded(mayGoOn)).Sweep(place.Directory, place.Name) is { Number: not Errno.EINTR } leftover)
            {
                say($"warning: {leftover}");
            }

            var unknown = place.Entry(out var entry);
            return unknown is not null ? Failure.Of(unknown)
                : entry is { IsLink: true } ? SeedMigration.Finish(releases, settings, say)
                : entry is { IsDirectory: true } ? Clear(place)
                : null;
        }
    }

    private StepOutcome.Failed? Clear(TrustedPlace place)
    {
        var real = place.Directory.At(place.Name);
        if (ReleaseLink.Resolve(settings.Link, out var live) is { } unknown)
        {
            return Failure.Of(unknown);
        }

        if (live is not null && ReleaseLink.Below(real, live) is not null)
        {
            return PlaceRules.RefuseReleases(releases, settings.Releases) ?? new SeedMigration(releases, settings, say, mayGoOn).Keep(place);
        }

        if (PlaceRules.RefuseStaging(releases, _staging) is { } refused)
        {
            return refused;
        }

        if (!WasAwaited())
        {
            say($"note: {_staging} is there, and nothing shows that a deployment left it: it stays, and Install may find files in its way");
            return null;
        }

        say($"note: {_staging} was left by a deployment that staged no release; it is removed");
        return new TreeRemoval(TreeRemoval.Bounded(mayGoOn)).Discard(place.Directory, place.Name) is { Number: not Errno.EINTR } error ? Failure.Of(error) : null;
    }

    /// <summary>Whether what stands there can only come from an Install of an earlier deployment that was never staged.</summary>
    private bool WasAwaited()
    {
        foreach (var record in releases.Journal.NewestFirst(JournalFormat.Encoded(_staging)))
        {
            switch (record)
            {
                case JournalRecord.StagingAwaited awaited when awaited.Staging == _staging:
                    return awaited.Deployment != releases.Plan.Deployment.Deployment;
                case JournalRecord.ReleaseStaged staged when staged.From == _staging:
                    return false;
            }
        }

        return false;
    }
}
