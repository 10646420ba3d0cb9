using HookRunner.Core.Language;
using HookRunner.Core.Steps;
using HookRunner.Host.Execution;
using HookRunner.Host.Os;
using HookRunner.Host.State;

namespace HookRunner.Host.Releases;

/// <summary>`release: rollback` in a hook: undoes what this deployment did to the link, and nothing else.</summary>
internal sealed class ReleaseRollback(StepRun run, ReleaseSettings settings)
{
    public StepOutcome Run()
    {
        var live = ReleaseLink.Target(settings.Link);
        if (run.Releases.Directory is not { } release || live != release)
        {
            return new StepOutcome.Skipped(live is null
                ? $"nothing is at {settings.Link}"
                : $"{settings.Link} points to {live}, which is not this deployment's release");
        }

        if (run.Releases.Facts.FirstActivation is not { Held: not null } || run.Releases.Previous is not { } previous)
        {
            return new StepOutcome.Skipped($"{release} is the first release: there is nothing to go back to");
        }

        return FileStatus.Followed(previous, out _) is { } gone
            ? new StepOutcome.Skipped($"the link stays: {previous}, where it pointed before, is gone ({gone})")
            : GoBack(release, previous);
    }

    private StepOutcome GoBack(string release, string previous)
    {
        var error = run.Releases.Record(new JournalRecord.ReleaseMarkedBad(release) { Deployment = run.Plan.Deployment.Deployment })
            ?? run.Releases.Record(new JournalRecord.ReleaseRolledBack(settings.Link, previous, release) { Deployment = run.Plan.Deployment.Deployment });
        if (error is not null)
        {
            return new StepOutcome.Failed($"the rollback cannot be recorded, so the link was not touched: {error}");
        }

        return AtomicLink.Switch(new LinkSwitch { Path = settings.Link, Target = run.Releases.PreviousText ?? previous }) is LinkSwitchResult.Refused refused
            ? new StepOutcome.Failed(refused.Reason, refused.Hint)
            : new StepOutcome.Succeeded($"back to {previous}; {release} is marked bad");
    }
}
