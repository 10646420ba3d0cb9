using System.Diagnostics;
using System.Globalization;
using HookRunner.Core.Steps;
using HookRunner.Host.Os;
using HookRunner.Host.State;

namespace HookRunner.Host.Releases;

/// <summary>
/// `release: activate`: points the link to this deployment's release. What it held is on the disk before the switch: without
/// that record there would be no way back.
/// </summary>
internal sealed class ReleaseActivation(ReleaseWork work)
{
    public StepOutcome Run()
    {
        if (work.Releases.Directory is not { } release)
        {
            return new StepOutcome.Failed($"{work.Releases.Plan.Event} runs the previous revision, which has no release to activate");
        }

        if (Missing(release) is { } missing)
        {
            return missing;
        }

        if (ReleaseLink.Read(work.Settings.Link, out var held) is { } unread)
        {
            return Failure.Of(unread);
        }

        if (ReleaseLink.Absolute(work.Settings.Link, held) != release && Record(release, held) is { } error)
        {
            return new StepOutcome.Failed($"the way back cannot be recorded, so the link was not touched: {error}",
                "free the disk, or make the state directory writable");
        }

        return Switch(release);
    }

    private static StepOutcome.Failed? Missing(string release)
    {
        if (TrustedPlace.Find(release, out var place) is { } trouble)
        {
            return trouble.Number == Errno.ENOENT ? NotStaged(release) : Failure.Of(trouble);
        }

        using (place)
        {
            var error = place.Directory.Open(place.Name, out var directory);
            using (directory)
            {
                return error is { Number: Errno.ENOENT } ? NotStaged(release)
                    : error is not null ? Failure.Of(error)
                    : directory.HasNothing(out var isEmpty) is { } unlisted ? Failure.Of(unlisted)
                    : isEmpty ? new StepOutcome.Failed($"the release {release} is empty") : null;
            }
        }
    }

    private static StepOutcome.Failed NotStaged(string release) =>
        new($"{release} is not there: this deployment has staged no release", "put `release: stage` before `release: activate`");

    private PosixError? Record(string release, string? held)
    {
        var deployment = work.Deployment;
        var adopts = work.Settings.Adopt && held == work.Settings.Link;
        return (adopts ? work.Releases.Record(new JournalRecord.ReleaseAdopted(work.Settings.Link, FreeBase()) { Deployment = deployment }) : null)
            ?? work.Releases.Record(new JournalRecord.ReleaseActivated(work.Settings.Link, release, held) { Deployment = deployment });
    }

    /// <summary>The name under which a directory in the way will be kept: `base`, else `base.2` and so on.</summary>
    private string FreeBase()
    {
        var path = Path.Join(work.Settings.Releases, "base");
        for (var i = 2; FileStatus.Of(path, out var status) is null && !status.IsLink; i++)
        {
            path = Path.Join(work.Settings.Releases, string.Create(CultureInfo.InvariantCulture, $"base.{i}"));
        }

        return path;
    }

    private StepOutcome Switch(string release)
    {
        var request = new LinkSwitch
        {
            Path = work.Settings.Link,
            Target = release,
            AdoptInto = work.Settings.Adopt ? work.Settings.Releases : null,
        };
        switch (AtomicLink.Switch(request))
        {
            case LinkSwitchResult.AlreadySo:
                return new StepOutcome.Succeeded("already live");
            case LinkSwitchResult.Switched { Before: var before }:
                return Done(before is null ? "the first release" : $"was {before}");
            case LinkSwitchResult.Adopted { KeptAs: var kept }:
                return Done($"the directory there is kept as {kept}");
            case LinkSwitchResult.Refused refused:
                return new StepOutcome.Failed(refused.Reason, refused.Hint);
            case var other:
                throw new UnreachableException($"unhandled {other}");
        }
    }

    private StepOutcome.Succeeded Done(string note)
    {
        var share = TimeSpan.FromTicks(work.Deadline.Remaining.Ticks / 4);
        new ReleasePruning(work.Releases, work.Settings, work.Say, TreeRemoval.Bounded(work.MayGoOn, share)).Run();
        return new StepOutcome.Succeeded(note);
    }
}
