using System.Globalization;
using HookRunner.Core.Reporting;
using HookRunner.Core.Steps;
using HookRunner.Host.Os;
using HookRunner.Host.Processes;

namespace HookRunner.Host.Execution;

/// <summary>What the end of a program means for its step.</summary>
internal static class ProgramJudgement
{
    public static StepOutcome Of(ProcessReport report, string what, Deadline deadline) => report.End switch
    {
        ProcessEnd.Exited { Status: 0 } => StepOutcome.Succeeded.Plain,
        ProcessEnd.Exited exited => new StepOutcome.Failed(
            string.Create(CultureInfo.InvariantCulture, $"{what}exit status {exited.Status}"),
            report.OutOfMemory ?? Hints.For(exited.Status, report.Tail),
            exited.Status),
        ProcessEnd.Killed killed => new StepOutcome.Failed(
            $"{what}killed by {Signals.Name(killed.Signal)}{(killed.CoreDumped ? " (core dumped)" : "")}",
            report.OutOfMemory ?? Hints.ForSignal(killed.Signal),
            ExitStatus.Signalled(killed.Signal)),
        ProcessEnd.TimedOut => new StepOutcome.TimedOut(report.Took, deadline.SetBy),
        ProcessEnd.Stopped stopped => new StepOutcome.Stopped(stopped.Signal),
        ProcessEnd.NotStarted notStarted => new StepOutcome.Failed(what + notStarted.Reason, notStarted.Hint, notStarted.Exit),
        _ => throw new InvalidOperationException($"unhandled {report.End}"),
    };
}
