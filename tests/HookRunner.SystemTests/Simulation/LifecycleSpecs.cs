using System.Text.Json;

namespace HookRunner.SystemTests.Simulation;

/// <summary>Events, their order, their environment and their failures are those of the agent.</summary>
public class LifecycleSpecs
{
    public LifecycleSpecs() => Namespaces.Require();

    [SkippableFact]
    public void Events_run_in_the_agents_order_and_those_without_scripts_are_skipped()
    {
        using var bundle = new ScriptBundle()
            .With("ValidateService", "echo $LIFECYCLE_EVENT")
            .With("AfterInstall", "echo $LIFECYCLE_EVENT")
            .With("AfterAllowTraffic", "echo $LIFECYCLE_EVENT");

        var result = bundle.Call().Run();

        result.Exit.Should().Be(0, result.Output);
        result.Lines.Where(line => line.StartsWith("    ", StringComparison.Ordinal)).Should()
            .Equal("    AfterInstall", "    ValidateService", "    AfterAllowTraffic");
        result.StatusOf("ApplicationStop").Should().Be("Skipped");
        result.StatusOf("BeforeInstall").Should().Be("Skipped");
        result.StatusOf("BeforeBlockTraffic").Should().BeNull();
        result.StatusOf("BeforeAllowTraffic").Should().BeNull();
        result.Output.Should().EndWith("not checked: 0\n");
    }

    [SkippableFact]
    public void A_script_finds_what_the_agent_gives_it_and_nothing_of_the_callers_shell()
    {
        using var bundle = new ScriptBundle().With("BeforeInstall", """
            echo "$LIFECYCLE_EVENT $DEPLOYMENT_ID $APPLICATION_NAME $DEPLOYMENT_GROUP_NAME"
            echo "home ${HOME-unset} user ${USER-unset} canary ${SIMULATE_CANARY-unset}"
            echo "cwd $PWD umask $(umask) stdin $(wc -c)"
            echo "leader $(($$ == $(cut -d' ' -f5 /proc/$$/stat)))"
            ls /proc/self/fd | tr '\n' ' '
            """);
        Environment.SetEnvironmentVariable("SIMULATE_CANARY", "alive");

        var result = bundle.Call("--application", "shop").Run();

        result.Output.Should().Contain("    BeforeInstall d-SIMULATE1 shop Staging-APP\n")
            .And.Contain("    home unset user unset canary unset\n")
            .And.Contain("    cwd / umask 0022 stdin 0\n")
            .And.Contain("    leader 1\n")
            .And.Contain("    0 1 2 3\n", "ls itself opens the fourth");
    }

    [SkippableFact]
    public void A_failing_hook_shows_what_the_console_would_show_and_ends_the_deployment()
    {
        using var bundle = new ScriptBundle()
            .With("BeforeInstall", "for i in $(seq 400); do echo \"line $i\"; done; echo reason >&2; exit 7")
            .With("AfterInstall", "echo never");

        var result = bundle.Call().Run();

        result.Exit.Should().Be(1);
        result.Output.Should().Contain("""
            What the CodeDeploy console shows for BeforeInstall:
                Error code   ScriptFailed
                Script name  BeforeInstall-0.sh
                Message      Script at specified location: BeforeInstall-0.sh failed with exit code 7
                Log tail
            """).And.EndWith("recorded: 0\nnot checked: 0\n");
        var window = result.Lines.Where(line => line.StartsWith("      [std", StringComparison.Ordinal)).ToList();
        window.Sum(line => line.Length - 6 + 1).Should().BeInRange(2000, 2048);
        window[^1].Should().Be("      [stderr]reason");
        result.Output.Should().Contain("not run: Install, AfterInstall, ApplicationStart, ValidateService").And.NotContain("never");
    }

    [SkippableTheory]
    [InlineData("kill -9 $$", "ScriptFailed", "failed with exit code ")]
    [InlineData("echo out; sleep 60 & exit 0", "UnknownError", "failed to close STDOUT")]
    [InlineData("echo out; sleep 60", "ScriptTimedOut", "failed to complete in 2 seconds")]
    [InlineData("printf 'a\\303\\n'", "UnknownError", "Attempting minimal diagnostics")]
    public void Ends_that_a_person_would_not_expect_are_those_of_the_agent(string script, string code, string message)
    {
        using var bundle = new ScriptBundle().With("BeforeInstall", script, "timeout: 2");

        var result = bundle.Call().Run();

        result.Exit.Should().Be(1);
        result.Output.Should().Contain($"    Error code   {code}\n").And.Contain($"{message}\n");
    }

    [SkippableFact]
    public void The_stop_event_runs_the_previous_revisions_script_with_the_new_deployments_id()
    {
        using var old = new ScriptBundle()
            .With("ApplicationStop", "echo \"stop of old for $DEPLOYMENT_ID, daemon $(cat /run/daemon.pid)\"; kill $(cat /run/daemon.pid)")
            .With("ApplicationStart", "echo quiet; sleep 600 >/dev/null 2>&1 & echo $! >/run/daemon.pid");
        using var next = new ScriptBundle()
            .With("ApplicationStop", "echo stop of new")
            .With("AfterInstall", "for i in $(seq 100); do kill -0 $(cat /run/daemon.pid) || break; sleep 0.05; done; kill -0 $(cat /run/daemon.pid) || echo the daemon has gone");

        var result = next.Call("--from", old.Path).Run();

        result.Exit.Should().Be(0, result.Output);
        result.Output.Should().MatchRegex("    stop of old for d-SIMULATE1, daemon [0-9]+\n")
            .And.Contain("    the daemon has gone\n")
            .And.NotContain("stop of new").And.NotContain("quiet", "the old revision's output is folded");
    }

    [SkippableFact]
    public void A_previous_revision_that_fails_is_told_whole_and_ends_the_simulation()
    {
        using var old = new ScriptBundle().With("AfterInstall", "echo old reason; exit 3");
        using var next = new ScriptBundle().With("AfterInstall", "echo never");

        var result = next.Call("--from", old.Path).Run();

        result.Exit.Should().Be(1);
        result.Output.Should().Contain("    old reason\n").And.Contain("What the CodeDeploy console shows for AfterInstall").And.NotContain("never");
    }

    [SkippableFact]
    public void What_was_only_recorded_and_what_was_not_checked_is_counted()
    {
        using var bundle = new ScriptBundle()
            .With("ApplicationStart", "echo 'recorded: restart web'; echo 'recorded: enable web'")
            .With("ValidateService", "echo 'not checked: http://127.0.0.1/'");

        var result = bundle.Call().Run();

        result.Output.Should().Contain("recorded: 2\n").And.EndWith("not checked: 1\n");
    }

    [SkippableFact]
    public void The_report_for_programs_holds_the_diagnostics_that_the_agent_would_send()
    {
        using var bundle = new ScriptBundle().With("BeforeInstall", "echo 'a \"reason\"'; exit 4");

        var result = bundle.Call("--json").Run();

        using var json = JsonDocument.Parse(result.Output);
        json.RootElement.GetProperty("succeeded").GetBoolean().Should().BeFalse();
        var failed = json.RootElement.GetProperty("events").EnumerateArray().Last();
        failed.GetProperty("event").GetString().Should().Be("BeforeInstall");
        failed.GetProperty("diagnostics").GetProperty("error_code").GetInt32().Should().Be(4);
        failed.GetProperty("diagnostics").GetProperty("log").GetString().Should()
            .Be("LifecycleEvent - BeforeInstall\nScript - BeforeInstall-0.sh\n[stdout]a \"reason\"\n");
    }

    [SkippableFact]
    public void Only_the_events_asked_for_run_in_the_order_asked_for()
    {
        using var bundle = new ScriptBundle().With("AfterInstall", "echo one").With("ValidateService", "echo two");

        var result = bundle.Call("--events", "ValidateService,AfterInstall").Run();

        result.Exit.Should().Be(0, result.Output);
        result.Output.Should().MatchRegex("(?s)DownloadBundle.*Install.*two\n.*one\n");
        result.StatusOf("ApplicationStop").Should().BeNull();
    }
}
