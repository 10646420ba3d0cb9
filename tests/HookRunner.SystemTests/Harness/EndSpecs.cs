using HookRunner.Host.Tests;
using HookRunner.SystemTests.Support;

namespace HookRunner.SystemTests.Harness;

/// <summary>Timeouts, signals, and outputs left open.</summary>
public class EndSpecs
{
    private const string Term = "trap 'echo told; exit 0' TERM; for i in {1..100}; do sleep 0.1; done";

    [Fact]
    public void Killed_by_a_signal_has_no_status_under_1_8_and_is_1_under_2()
    {
        using var bundle = HookScript.Bundle("kill -9 $$");

        var old = bundle.RunUnder(new Agent18());
        var now = bundle.RunUnder(new Agent2());

        old.Exit.Should().Be(new HookExit(null, 9));
        old.Message.Should().EndWith("failed with exit code ");
        now.Message.Should().EndWith("failed with exit code 1");
    }

    [Theory]
    [InlineData("1.8", "failed to close STDERR")]
    [InlineData("2", "failed to close STDOUT")]
    public void An_output_left_open_costs_the_whole_timeout_and_hides_the_exit_status(string version, string message)
    {
        using var bundle = HookScript.Bundle("sleep 30 >/dev/null & echo $!; exit 9", timeout: 2);

        var result = bundle.RunUnder(StartSpecs.Agent(version));

        result.ErrorCode.Should().Be(AgentErrorCode.OutputsLeftOpen);
        result.Message.Should().EndWith(message);
        result.Took.Should().BeGreaterThan(TimeSpan.FromSeconds(2));
        ProcessTable.IsAlive(int.Parse(result.AllLines[0], null)).Should().BeTrue("nobody is killed");
    }

    [Fact]
    public void A_child_whose_outputs_lead_elsewhere_holds_nobody_up()
    {
        using var bundle = HookScript.Bundle("sleep 30 >/dev/null 2>&1 & exit 0");

        var result = bundle.RunUnder(new Agent18());

        result.ErrorCode.Should().Be(AgentErrorCode.Succeeded);
        result.Took.Should().BeLessThan(TimeSpan.FromSeconds(25));
    }

    [Fact]
    public void Under_1_8_an_overdue_hook_meets_a_broken_pipe_when_it_reports()
    {
        using var bundle = HookScript.Bundle(Term.Replace("echo told", "sleep 0.3; echo told", StringComparison.Ordinal), timeout: 1);

        var result = bundle.RunUnder(new Agent18());

        result.ErrorCode.Should().Be(AgentErrorCode.TimedOut);
        result.Message.Should().EndWith("failed to complete in 1 seconds");
        result.Exit.Should().Be(new HookExit(null, 13));
        result.AllLines.Should().BeEmpty();
    }

    [Fact]
    public void Under_1_8_a_hook_that_ignores_TERM_is_waited_for_until_it_ends_by_itself()
    {
        using var bundle = HookScript.Bundle("trap '' TERM; for i in {1..25}; do sleep 0.1; done; exit 7", timeout: 1);

        var result = bundle.RunUnder(new Agent18());

        result.ErrorCode.Should().Be(AgentErrorCode.TimedOut);
        result.Exit.Should().Be(new HookExit(7, null));
        result.Took.Should().BeGreaterThan(TimeSpan.FromSeconds(2.4));
    }

    [Fact]
    public void Under_2_what_a_hook_says_after_TERM_is_heard()
    {
        using var bundle = HookScript.Bundle(Term, timeout: 1);

        var result = bundle.RunUnder(new Agent2());

        result.ErrorCode.Should().Be(AgentErrorCode.TimedOut);
        result.AllLines.Should().Contain("told");
        result.Exit.Should().Be(new HookExit(0, null), "it was not killed");
    }

    [Fact]
    public void Under_2_a_hook_that_ignores_TERM_is_killed_with_its_group_after_5_seconds()
    {
        using var bundle = HookScript.Bundle("trap '' TERM; sleep 60 & wait; sleep 60", timeout: 1);

        var result = bundle.RunUnder(new Agent2());

        result.Exit.Should().Be(new HookExit(null, 9));
        result.Took.Should().BeGreaterThan(TimeSpan.FromSeconds(5.9));
        SpinWait.SpinUntil(() => ProcessTable.InGroup(result.Pid).IsEmpty, TimeSpan.FromSeconds(30)).Should().BeTrue("all were sent KILL");
    }

    [Theory]
    [InlineData("1.8")]
    [InlineData("2")]
    public void A_child_that_ignores_TERM_outlives_a_leader_that_does_not(string version)
    {
        using var bundle = HookScript.Bundle("(trap '' TERM; exec sleep 60) & sleep 60", timeout: 1);

        var result = bundle.RunUnder(StartSpecs.Agent(version));

        result.Exit.Should().Be(new HookExit(null, 15));
        Eventually.Holds(() => ProcessTable.InGroup(result.Pid).Length == 1);
    }

    [Theory]
    [InlineData("1.8")]
    [InlineData("2")]
    public void A_child_in_a_session_of_its_own_is_never_reached(string version)
    {
        using var bundle = HookScript.Bundle("setsid sleep 60 >/dev/null 2>&1 & sleep 60", timeout: 1);

        var result = bundle.RunUnder(StartSpecs.Agent(version));

        result.Exit.Should().Be(new HookExit(null, 15));
        Eventually.Holds(() => ProcessTable.With("DEPLOYMENT_ID", bundle.DeploymentId).Length == 1);
    }

    [Fact]
    public void A_bundle_that_goes_away_takes_its_processes_along()
    {
        var bundle = HookScript.Bundle("setsid sleep 60 >/dev/null 2>&1 & exit 0");
        bundle.RunUnder(new Agent18());
        var before = ProcessTable.With("DEPLOYMENT_ID", bundle.DeploymentId);

        bundle.Dispose();

        before.Should().HaveCount(1);
        SpinWait.SpinUntil(() => !ProcessTable.IsAlive(before[0]), TimeSpan.FromSeconds(10)).Should().BeTrue();
        Directory.Exists(bundle.Root).Should().BeFalse();
    }
}
