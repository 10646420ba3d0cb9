using HookRunner.Core.Steps;
using HookRunner.Host.Os;
using HookRunner.Host.State;

namespace HookRunner.Host.Releases;

/// <summary>`release: rollback` in a hook: undoes what this deployment did to the link, and nothing else.</summary>
internal sealed class ReleaseRollback(ReleaseWork work)
{
    public StepOutcome Run()
    {
        if (ReleaseLink.Read(work.Settings.Link, out var held) is { } unread)
        {
            return Failure.Of(unread);
        }

        var live = ReleaseLink.Absolute(work.Settings.Link, held);
        if (work.Releases.Directory is not { } release || live != release)
        {
            return new StepOutcome.Skipped(live is null
                ? $"nothing is at {work.Settings.Link}"
                : $"{work.Settings.Link} points to {live}, which is not this deployment's release");
        }

        if (work.Releases.Facts.FirstActivation is not { Held: not null } || work.Releases.Previous is not { } previous)
        {
            return new StepOutcome.Skipped($"{release} is the first release: there is nothing to go back to");
        }

        return FileStatus.Followed(previous, out _) is { } gone
            ? new StepOutcome.Skipped($"the link stays: {previous}, where it pointed before, is gone ({gone})")
            : GoBack(release, previous);
    }

    private StepOutcome GoBack(string release, string previous)
    {
        var error = work.Releases.Record(new JournalRecord.ReleaseMarkedBad(release) { Deployment = work.Deployment })
            ?? work.Releases.Record(new JournalRecord.ReleaseRolledBack(work.Settings.Link, previous, release) { Deployment = work.Deployment });
        if (error is not null)
        {
            return new StepOutcome.Failed($"the rollback cannot be recorded, so the link was not touched: {error}");
        }

        return AtomicLink.Switch(new LinkSwitch { Path = work.Settings.Link, Target = work.Releases.PreviousText ?? previous }) is LinkSwitchResult.Refused refused
            ? new StepOutcome.Failed(refused.Reason, refused.Hint)
            : new StepOutcome.Succeeded($"back to {previous}; {release} is marked bad");
    }
}
