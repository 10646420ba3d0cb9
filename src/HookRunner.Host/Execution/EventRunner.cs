using System.Collections.Immutable;
using HookRunner.Core.Planning;
using HookRunner.Core.Reporting;
using HookRunner.Core.Steps;
using HookRunner.Host.Logging;
using HookRunner.Host.Os;

namespace HookRunner.Host.Execution;

/// <summary>Runs a plan: its steps to the first failure, then on_failure, then always.</summary>
internal sealed class EventRunner(EventContext context)
{
    private readonly ListRunner _lists = new(context);

    /// <param name="steps">When the steps must have ended.</param>
    /// <param name="lists">When on_failure and always must have ended too.</param>
    public EventReport Run(Deadline steps, Deadline lists)
    {
        var plan = context.Plan;
        context.Observer.On(new RunEvent.EventStarted(context.Identity, plan.Steps.Sum(node => node.Flatten().Count())));
        _lists.Run(plan.Steps, StepListKind.Steps, steps);
        var notRun = AfterSteps(plan, lists);
        var report = context.SoFar with { ListsNotRun = notRun };
        context.Observer.On(new RunEvent.EventEnded(report));
        return report;
    }

    /// <summary>Runs the two lists where they are owed and returns the names of those that could not run.</summary>
    private ImmutableArray<string> AfterSteps(ExecutionPlan plan, Deadline deadline)
    {
        var failure = context.Reports.Find(report => report.Fails);
        context.FailedStep = failure?.Name;
        context.Result = failure?.Outcome switch
        {
            null => "ok",
            StepOutcome.TimedOut => "timeout",
            _ => "failed",
        };
        var notRun = ImmutableArray.CreateBuilder<string>();
        foreach (var (nodes, list, isOwed) in new[]
        {
            (plan.OnFailure, StepListKind.OnFailure, failure is not null),
            (plan.Always, StepListKind.Always, plan.Steps.Length > 0),
        })
        {
            if (!isOwed || nodes.Length == 0)
            {
                continue;
            }

            if (context.Signals.Received != 0 || deadline.HasPassed)
            {
                notRun.Add(list == StepListKind.Always ? "always" : "on_failure");
                continue;
            }

            _lists.Run(nodes, list, deadline);
        }

        return notRun.ToImmutable();
    }
}
