using HookRunner.Core.Steps;

namespace HookRunner.Host.Steps;

/// <summary>Why a wait ended before what was waited for: hookrunner was told to stop, or the step's time is over.</summary>
internal static class Interruption
{
    public static StepOutcome Of(StepRun run, TimeSpan after, IReadOnlyList<string>? detail = null) => run.StoppedBy != 0
        ? new StepOutcome.Stopped(run.StoppedBy)
        : new StepOutcome.TimedOut(after, run.Deadline.SetBy, detail);
}
