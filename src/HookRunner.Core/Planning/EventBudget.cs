using HookRunner.Core.Deployment;

namespace HookRunner.Core.Planning;

/// <summary>
/// How an event's time is shared out, counted from its start, so that hookrunner always ends before the agent would end
/// it, and says why.
/// </summary>
/// <param name="Length">T: after it the agent ends the hook.</param>
/// <param name="Margin">Kept for stopping what runs and for the digest.</param>
/// <param name="StepsEnd">When steps must have ended.</param>
/// <param name="ListsEnd">When on_failure and always must have ended: never after T - margin.</param>
/// <param name="LockWait">The longest wait for the lock.</param>
/// <param name="SetBy">For messages: what set the end.</param>
internal sealed record EventBudget(
    TimeSpan Length,
    TimeSpan Margin,
    TimeSpan StepsEnd,
    TimeSpan ListsEnd,
    TimeSpan LockWait,
    string SetBy)
{
    private static readonly TimeSpan LeastMargin = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan MostMargin = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan MostDefaultReserve = TimeSpan.FromMinutes(5);

    public static EventBudget Of(EventTime time, ExecutionPlan plan)
    {
        var margin = MarginOf(time.Length);
        var rest = time.Length - margin;
        var end = Least(rest, plan.Timeout ?? rest);
        var reserve = plan.OnFailure.IsEmpty && plan.Always.IsEmpty
            ? TimeSpan.Zero
            : ReserveOf(plan.Reserve, Least(time.Length, plan.Timeout ?? time.Length), end);
        return new EventBudget(
            time.Length,
            margin,
            end - reserve,
            end,
            Least(plan.LockWait, time.Length / 2),
            end < rest ? $"`timeout: {Values.Duration.Format(end)}` of {plan.EventName}" : time.SetBy);
    }

    /// <summary>A tenth, 3 s to 15 s, but never more than a third.</summary>
    private static TimeSpan MarginOf(TimeSpan length)
    {
        var tenth = length / 10;
        var bounded = tenth < LeastMargin ? LeastMargin : Least(tenth, MostMargin);
        return Least(bounded, length / 3);
    }

    /// <summary>As written, else a fifth and at most 5 min; never more than half, so that the steps keep time too.</summary>
    private static TimeSpan ReserveOf(TimeSpan? written, TimeSpan length, TimeSpan end) =>
        Least(written ?? Least(length / 5, MostDefaultReserve), end / 2);

    private static TimeSpan Least(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
