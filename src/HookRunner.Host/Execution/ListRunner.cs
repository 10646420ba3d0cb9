using System.Collections.Immutable;
using HookRunner.Core.Planning;
using HookRunner.Core.Reporting;
using HookRunner.Core.Steps;
using HookRunner.Host.Logging;
using HookRunner.Host.Os;

namespace HookRunner.Host.Execution;

/// <summary>Runs one of an event's lists in order, groups within it included.</summary>
internal sealed class ListRunner(EventContext context)
{
    private readonly StepExecutor _steps = new(context);

    /// <summary>Stops at the first failure, but for `always`, which runs every step unless told to stop.</summary>
    public void Run(ImmutableArray<PlannedNode> nodes, StepListKind list, Deadline deadline)
    {
        var count = nodes.Sum(node => node.Flatten().Count());
        Run(nodes, new Place(list, count, false, deadline));
    }

    /// <summary>False where the list has to end.</summary>
    private bool Run(ImmutableArray<PlannedNode> nodes, Place place)
    {
        foreach (var node in nodes)
        {
            var goesOn = node switch
            {
                PlannedStep step => Step(step, place),
                PlannedGroup group => Group(group, place),
                _ => throw new InvalidOperationException($"unhandled {node}"),
            };
            if (!goesOn && (place.List != StepListKind.Always || context.Signals.Received != 0))
            {
                return false;
            }
        }

        return true;
    }

    private bool Step(PlannedStep step, Place place)
    {
        context.Observer.On(new RunEvent.StepStarted(place.List, step, place.Count));
        var report = _steps.Run(step, place.List, place.MayFail, place.Deadline);
        context.Observer.On(new RunEvent.StepEnded(report));
        context.Reports.Add(report);
        return report.Outcome is StepOutcome.Succeeded or StepOutcome.Skipped || (report.MayFail && !report.Fails && !place.MayFail);
    }

    /// <summary>Conditions, timeout and allow_failure of a list hold for the whole of it and are asked once.</summary>
    private bool Group(PlannedGroup group, Place place)
    {
        if (WithoutSteps(group, place.Deadline) is { } outcome)
        {
            return End(group, outcome, place);
        }

        var bound = group.Timeout is { } timeout
            ? Deadline.After(timeout, $"timeout: {Core.Values.Duration.Format(timeout)} of {group.Name}").Sooner(place.Deadline)
            : place.Deadline;
        var inner = place with { MayFail = place.MayFail || group.AllowFailure, Deadline = bound };
        return Run(group.Children, inner) || (group.AllowFailure && !place.MayFail && context.Signals.Received == 0);
    }

    /// <summary>One line for the whole of it. What the plan leaves out is a group without steps, and has no number. False where the list has to end.</summary>
    private bool End(PlannedGroup group, StepOutcome outcome, Place place)
    {
        var report = new StepReport
        {
            List = place.List,
            Number = group.Flatten().FirstOrDefault()?.Number ?? 0,
            Name = group.Name,
            Outcome = outcome,
            MayFail = place.MayFail || group.AllowFailure,
        };
        context.Observer.On(new RunEvent.StepEnded(report));
        context.Reports.Add(report);
        return outcome is StepOutcome.Skipped || (group.AllowFailure && !place.MayFail);
    }

    private StepOutcome? WithoutSteps(PlannedGroup group, Deadline deadline) => group switch
    {
        { LeftOut: { } reason } => new StepOutcome.Skipped(reason),
        { When.Length: 0, Unless.Length: 0 } => null,
        _ => GroupConditions.Judge(context, group, deadline),
    };

    /// <summary>Where a step stands: in which list, how long that is, and what its groups grant it.</summary>
    private sealed record Place(StepListKind List, int Count, bool MayFail, Deadline Deadline);
}
