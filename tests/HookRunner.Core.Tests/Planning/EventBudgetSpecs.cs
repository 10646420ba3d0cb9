using CsCheck;
using HookRunner.Core.Deployment;
using HookRunner.Core.Planning;

namespace HookRunner.Core.Tests.Planning;

public class EventBudgetSpecs
{
    private static readonly Gen<TimeSpan> Seconds = Gen.Int[1, 86_400].Select(seconds => TimeSpan.FromSeconds(seconds));

    [Theory]
    [InlineData(3600, "", "", false, 15, 3585, 3585)]
    [InlineData(3600, "", "", true, 15, 3285, 3585)]
    [InlineData(300, "", "", true, 15, 225, 285)]
    [InlineData(100, "", "", true, 10, 70, 90)]
    [InlineData(20, "", "", false, 3, 17, 17)]
    [InlineData(6, "", "", false, 2, 4, 4)]
    [InlineData(300, "60", "", false, 15, 60, 60)]
    [InlineData(300, "60", "", true, 15, 48, 60)]
    [InlineData(300, "600", "", false, 15, 285, 285)]
    [InlineData(300, "", "30", true, 15, 255, 285)]
    [InlineData(300, "", "30", false, 15, 285, 285)]
    [InlineData(300, "", "9999", true, 15, 142.5, 285)]
    [InlineData(3600, "", "900", true, 15, 2685, 3585)]
    public void Time_is_shared_out_as_designed(int length, string timeout, string reserve, bool hasLists, double margin, double steps, double lists)
    {
        var budget = Budget(TimeSpan.FromSeconds(length), Span(timeout), Span(reserve), hasLists);

        (budget.Margin.TotalSeconds, budget.StepsEnd.TotalSeconds, budget.ListsEnd.TotalSeconds).Should().Be((margin, steps, lists));
    }

    [Fact]
    public void Steps_end_before_lists_and_lists_before_the_margin_whatever_is_written() =>
        Gen.Select(Seconds, Seconds.Nullable(), Seconds.Nullable(), Gen.Bool).Sample((length, timeout, reserve, hasLists) =>
        {
            var budget = Budget(length, timeout, reserve, hasLists);

            return budget.StepsEnd > TimeSpan.Zero
                && (hasLists ? budget.StepsEnd < budget.ListsEnd : budget.StepsEnd == budget.ListsEnd)
                && budget.ListsEnd <= length - budget.Margin
                && budget.Margin <= length / 3
                && budget.Margin <= TimeSpan.FromSeconds(15)
                && (budget.Margin >= TimeSpan.FromSeconds(3) || length < TimeSpan.FromSeconds(9))
                && budget.LockWait <= length / 2;
        });

    [Fact]
    public void The_events_own_timeout_is_named_where_it_sets_the_end()
    {
        Budget(TimeSpan.FromSeconds(300), TimeSpan.FromSeconds(90), null, false).SetBy.Should().Be("`timeout: 1m30s` of AfterInstall");
        Budget(TimeSpan.FromSeconds(300), TimeSpan.FromSeconds(290), null, false).SetBy.Should().Be("appspec.yml: 300 s");
    }

    private static TimeSpan? Span(string seconds) =>
        seconds.Length == 0 ? null : TimeSpan.FromSeconds(int.Parse(seconds, System.Globalization.CultureInfo.InvariantCulture));

    private static EventBudget Budget(TimeSpan length, TimeSpan? timeout, TimeSpan? reserve, bool hasLists) =>
        EventBudget.Of(new EventTime(length, $"appspec.yml: {length.TotalSeconds} s", true), new ExecutionPlan
        {
            Deployment = new DeploymentContext { Application = "a", Group = "g", Deployment = "d-1", Bundle = "/bundle" },
            Event = LifecycleEvent.AfterInstall,
            Environment = "production",
            Roles = [],
            Steps = [],
            OnFailure = [],
            Always = hasLists ? [new PlannedGroup { Location = Core.Diagnostics.SourceLocation.Nowhere, Name = "steps", Children = [] }] : [],
            Timeout = timeout,
            Reserve = reserve,
            Links = [],
            Variables = [],
            Mask = [],
        });
}
