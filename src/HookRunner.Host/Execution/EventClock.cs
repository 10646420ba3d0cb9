using HookRunner.Core.Deployment;
using HookRunner.Core.Planning;
using HookRunner.Host.Bundles;
using HookRunner.Host.Os;

namespace HookRunner.Host.Execution;

/// <summary>An event's time on the monotonic clock, counted from when this is made: at the start of the process.</summary>
internal sealed record EventClock(EventBudget Budget, Deadline StepsEnd, Deadline ListsEnd, bool IsKnown)
{
    public static EventClock Start(ExecutionPlan plan, Bundle bundle)
    {
        var time = EventTime.Of(bundle.AppSpec, plan.Event, script => File.Exists(Path.Join(bundle.Folder, script)));
        var budget = EventBudget.Of(time, plan);
        return new EventClock(
            budget,
            Deadline.After(budget.StepsEnd, budget.SetBy),
            Deadline.After(budget.ListsEnd, budget.SetBy),
            time.IsKnown);
    }
}
