using HookRunner.Core.Steps;

namespace HookRunner.Core.Reporting;

/// <summary>Outcomes in words.</summary>
internal static class OutcomeText
{
    /// <summary>One word of at most seven letters, for a column.</summary>
    public static string Word(StepReport step) => step.Outcome switch
    {
        StepOutcome.Succeeded => "ok",
        StepOutcome.Skipped => "skipped",
        StepOutcome.Failed when step.MayFail => "allowed",
        StepOutcome.Failed => "failed",
        StepOutcome.TimedOut when step.MayFail => "allowed",
        StepOutcome.TimedOut => "timeout",
        _ => "stopped",
    };

    /// <summary>What happened, without the time it took; empty where there is nothing to say.</summary>
    public static string Reason(StepOutcome outcome) => outcome switch
    {
        StepOutcome.Succeeded succeeded => succeeded.Note ?? "",
        StepOutcome.Skipped skipped => skipped.Reason,
        StepOutcome.Failed failed => failed.Reason,
        StepOutcome.TimedOut timedOut => $"stopped by {timedOut.Of}",
        StepOutcome.Stopped stopped => StoppedReason(stopped.Signal),
        _ => throw new InvalidOperationException($"unhandled {outcome}"),
    };

    private static string StoppedReason(int signal) => signal == Signals.BrokenPipe
        ? "the agent went away (its end of stdout is closed)"
        : $"told to stop by {Signals.Name(signal)}";
}
