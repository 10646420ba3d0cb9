using HookRunner.Core.Diagnostics;
using HookRunner.Core.Planning;
using HookRunner.Core.Reporting;
using HookRunner.Core.Steps;
using HookRunner.Host.Logging;
using HookRunner.Host.Os;
using HookRunner.Host.Output;
using HookRunner.Host.Steps;

namespace HookRunner.Host.Execution;

/// <summary>Runs one step: what it rests on is resolved, its conditions are asked, its attempts made.</summary>
internal sealed class StepExecutor(EventContext context)
{
    public StepReport Run(PlannedStep planned, StepListKind list, bool mayFail, Deadline deadline)
    {
        var started = TimeProvider.System.GetTimestamp();
        var report = new StepReport
        {
            List = list,
            Number = planned.Number,
            Name = planned.Name,
            Kind = planned.Kind,
            Outcome = StepOutcome.Succeeded.Plain,
            MayFail = mayFail || planned.AllowFailure,
        };
        return Run(planned, report, deadline) with { Took = TimeProvider.System.GetElapsedTime(started) };
    }

    private StepReport Run(PlannedStep planned, StepReport report, Deadline deadline)
    {
        if (context.Signals.Received != 0)
        {
            return report with { Outcome = new StepOutcome.Stopped(context.Signals.Received) };
        }

        if (deadline.HasPassed)
        {
            return report with { Outcome = new StepOutcome.TimedOut(TimeSpan.Zero, deadline.SetBy) };
        }

        var log = context.Logs.Open(report.List, planned);
        report = Resolved(planned, report, log, deadline);
        return report with { LogPath = StepLogs.Close(log) ? log.Path : null };
    }

    /// <summary>Conditions that are known already are asked first: a skipped step may name what does not exist yet.</summary>
    private StepReport Resolved(PlannedStep planned, StepReport report, StepLog log, Deadline deadline)
    {
        var early = new LiveStepRun(context, planned, log, deadline);
        if (Conditions.WhyNot(planned.When, planned.Unless, early, context.Releases.IsFirstRelease, onlyComplete: true) is { } known)
        {
            return report with { Outcome = new StepOutcome.Skipped(known) };
        }

        var diagnostics = new DiagnosticBag();
        if (planned.Bind(new LateValues(context, planned, deadline), diagnostics) is not { } step || diagnostics.HasErrors)
        {
            return report with { Outcome = Interrupted(deadline) ?? Unresolved(diagnostics) };
        }

        var asking = new LiveStepRun(context, step, log, deadline);
        if (Conditions.WhyNot(step.When, step.Unless, asking, context.Releases.IsFirstRelease, onlyComplete: false) is { } skipped)
        {
            return report with { Outcome = Interrupted(deadline) ?? new StepOutcome.Skipped(skipped) };
        }

        return Attempted(step, report, log, deadline);
    }

    /// <summary>A condition's command that was cut short has not said no, and an instance that was not asked to the end has its values.</summary>
    private StepOutcome? Interrupted(Deadline deadline) => context.Signals.Received != 0 ? new StepOutcome.Stopped(context.Signals.Received)
        : deadline.HasPassed ? new StepOutcome.TimedOut(TimeSpan.Zero, deadline.SetBy)
        : null;

    private StepReport Attempted(PlannedStep step, StepReport report, StepLog log, Deadline deadline)
    {
        var attempts = 0;
        LiveStepRun? last = null;
        StepOutcome Attempt()
        {
            attempts++;
            var bound = step.Timeout is { } timeout
                ? Deadline.After(timeout, $"timeout: {Core.Values.Duration.Format(timeout)}").Sooner(deadline)
                : deadline;
            last = new LiveStepRun(context, step, log, bound);
            return ((HostAction)step.Action).Run(last);
        }

        var outcome = step.Retry is { } retry
            ? new Attempts(retry, deadline, (number, failed, delay) => context.Observer.On(new RunEvent.AttemptFailed(step, number, failed, delay)))
                .Run(Attempt, () => context.Signals.Received, context.Signals.Token)
            : Attempt();
        var leftBehind = last?.LeftBehind ?? [];
        Warn(outcome is StepOutcome.Succeeded && leftBehind.Length > 0 ? LeftBehindText.Of(step, leftBehind, log) : null);
        Warn(context.Secrets.Seal(log, leftBehind.Length > 0));
        return report with { Outcome = outcome, Attempts = attempts, Tail = last?.Tail ?? [] };
    }

    private void Warn(string? message)
    {
        if (message is not null)
        {
            context.Observer.On(new RunEvent.Warned(message));
        }
    }

    /// <summary>What a step rests on is not there.</summary>
    public static StepOutcome.Failed Unresolved(DiagnosticBag diagnostics)
    {
        var first = diagnostics.Sorted().First(item => item.Severity == Severity.Error);
        return new StepOutcome.Failed(first.Line, first.Remedy);
    }
}
