using HookRunner.Core.Deployment;
using HookRunner.Core.Planning;
using HookRunner.Host.Bundles;
using HookRunner.Host.Os;
using HookRunner.Host.Processes;

namespace HookRunner.Host.Execution;

/// <summary>An event's time on the monotonic clock, counted from when this is made: at the start of the process.</summary>
internal sealed record EventClock(EventBudget Budget, Deadline StepsEnd, Deadline ListsEnd, bool IsKnown)
{
    private static readonly TimeSpan LongestGrace = TimeSpan.FromSeconds(5);

    /// <summary>Between TERM and KILL: 5 s, or half of the margin where the event's own end is what stops a step.</summary>
    public TimeSpan Grace => Budget.Margin / 2 < LongestGrace ? Budget.Margin / 2 : LongestGrace;

    public static EventClock Start(ExecutionPlan plan, Bundle bundle)
    {
        var time = EventTime.Of(bundle.AppSpec, plan.Event, script => File.Exists(Path.Join(bundle.Folder, script)));
        var budget = EventBudget.Of(time, plan);
        var gone = Age();
        return new EventClock(
            budget,
            Deadline.After(budget.StepsEnd - gone, budget.SetBy),
            Deadline.After(budget.ListsEnd - gone, budget.SetBy),
            time.IsKnown);
    }

    /// <summary>
    /// How long this process has lived: on a host that is short of processor time, starting takes some of what the agent
    /// gives. The clocks of the two differ by the time a machine was suspended, hence the bound.
    /// </summary>
    private static TimeSpan Age()
    {
        const double ticksPerSecond = 100;
        var age = ProcessStat.Read(Environment.ProcessId) is { } self
            ? TimeSpan.FromMilliseconds(Environment.TickCount64) - TimeSpan.FromSeconds(self.StartTime / ticksPerSecond)
            : TimeSpan.Zero;
        return age > TimeSpan.Zero && age < TimeSpan.FromSeconds(10) ? age : TimeSpan.Zero;
    }
}
