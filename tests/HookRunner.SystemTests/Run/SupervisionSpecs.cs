using System.Text;
using HookRunner.SystemTests.Support;

namespace HookRunner.SystemTests.Run;

/// <summary>Nothing hangs a hook, nothing that must end survives it, nothing that may live is hurt.</summary>
public class SupervisionSpecs
{
    public static TheoryData<string> Both => Agents.Both;

    [Theory, MemberData(nameof(Both))]
    public void A_process_left_behind_holds_up_no_hook_and_is_named(string version)
    {
        using var bundle = Bundle.Create("""
            version: 1
            hooks:
              ApplicationStart:
                - run: nohup sleep 987 & echo started
                - run: setsid sh -c 'while sleep 0.2; do echo alive; done' & echo second
            """);

        var result = Agents.Of(version).Run(bundle.Call("ApplicationStart"));

        result.ErrorCode.Should().Be(AgentErrorCode.Succeeded, result.Text);
        result.Took.Should().BeLessThan(TimeSpan.FromSeconds(30));
        result.AllLines.Should().ContainMatch("warning: step 1 left running: pid * (sleep 987)*");
        LivingOf(bundle).Should().HaveCountGreaterThanOrEqualTo(2, "what a successful step leaves running is left alone");
        Until(() => LogOf(bundle, "ApplicationStart").Contains("alive", StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(Both))]
    public void A_timeout_stops_everything_the_step_started_however_it_hides(string version)
    {
        using var bundle = Bundle.Create("""
            version: 1
            hooks:
              AfterInstall:
                - run: setsid sleep 986 & echo kept
                - name: Hides
                  run: |
                    trap '' TERM
                    (trap '' TERM; setsid sh -c 'trap "" TERM; sleep 985; sleep 985' &)
                    setpriv --reuid=nobody --clear-groups sleep 984 &
                    sleep 983
                  timeout: 1s
            """);

        var result = Agents.Of(version).Run(bundle.Call("AfterInstall"));

        result.Exit.Should().Be(new HookExit(4, null), result.Text);
        result.Log.Should().Contain("stopped by timeout: 1s");
        LivingOf(bundle).Should().ContainSingle("only what the earlier step left lives on");
    }

    [Fact]
    public void The_events_end_comes_before_the_agents()
    {
        using var bundle = Bundle.Create("""
            version: 1
            hooks: { AfterInstall: [{ run: sleep 60 }] }
            on_failure: [{ run: echo undone }]
            """, timeout: 9);

        var result = bundle.Under18("AfterInstall");

        result.ErrorCode.Should().Be(AgentErrorCode.Failed, "hookrunner ends first, and says why: {0}", result.Text);
        result.Exit.Should().Be(new HookExit(4, null));
        result.Log.Should().Contain("appspec.yml: 9 s");
        result.AllLines.Should().Contain("undone", "time was kept for on_failure");
    }

    [Theory, MemberData(nameof(Both))]
    public void Told_to_stop_it_stops_the_step_says_so_and_the_next_run_repeats_it(string version)
    {
        using var bundle = Bundle.Create("""
            version: 1
            hooks: { AfterInstall: [{ run: "trap '' TERM; touch @ROOT@/started; sleep 60; sleep 60" }], ApplicationStart: [{ run: "true" }] }
            always: [{ run: touch @ROOT@/always }]
            """);
        using var process = HookProcess.Start(new ProcessStart(bundle.Call("AfterInstall").Script, [],
            bundle.Call("AfterInstall").Over(AgentEnvironment.Service), ClosedPipeAsInput: true, 18));
        var log = new AgentLog18();
        log.Attach(process.Output);
        Until(() => File.Exists(bundle.PathOf("started")));

        process.SignalGroup(Posix.SIGTERM);
        var ended = process.Follow(TimeSpan.FromSeconds(20), () => process.Exit is not null && process.Output.Finished);

        ended.Should().BeTrue();
        process.Exit.Should().Be(new HookExit(143, null));
        LivingOf(bundle).Should().BeEmpty();
        File.Exists(bundle.PathOf("always")).Should().BeFalse("after a stop the lists do not run");
        string.Join('\n', log.Lines).Should().Contain("told to stop by SIGTERM").And.Contain("did not run: always");
        Agents.Of(version).Run(bundle.Call("ApplicationStart")).Text.Should().Contain("was told to stop").And.Contain("always");
    }

    [Fact]
    public void A_step_that_prints_a_hundred_megabytes_costs_the_agent_little_and_loses_nothing()
    {
        using var bundle = Bundle.Create("""
            version: 1
            hooks:
              AfterInstall:
                - run: head -c 100000000 /dev/zero | tr '\0' 'x' | fold -w 99; echo; echo the end
            """);

        var result = bundle.Under18("AfterInstall");

        result.ErrorCode.Should().Be(AgentErrorCode.Succeeded, result.Text);
        result.Output.Length.Should().BeLessThan(200_000);
        result.AllLines.Should().Contain("the end");
        new FileInfo(Directory.EnumerateFiles(bundle.State, "01-*.log", SearchOption.AllDirectories).Single()).Length
            .Should().BeGreaterThan(101_000_000);
    }

    [Fact]
    public void No_output_of_a_step_can_make_the_agent_fail()
    {
        using var bundle = Bundle.Create("""
            version: 1
            hooks:
              AfterInstall:
                - run: printf 'cut \303\n'; printf '\377\376 bad \033[31mred\033[0m \000nul\n'; head -c 3000 /dev/zero | tr '\0' y; printf '\nprogress 1\rprogress 2\rdone\n'
                - run: printf 'last line cut \342\202'; exit 3
            """);

        var result = bundle.Under18("AfterInstall");

        result.ErrorCode.Should().Be(AgentErrorCode.Failed, "not the substitute diagnostics of invalid bytes: {0}", result.Text);
        result.Log.Should().Contain("AfterInstall failed at step 2 of 2");
        result.AllLines.Should().OnlyContain(line => System.Text.Encoding.UTF8.GetByteCount(line) < 500);
    }

    [Fact]
    public void A_second_run_of_the_application_waits_for_the_first_and_then_gives_up()
    {
        using var bundle = Bundle.Create("""
            version: 1
            lock_wait: 1s
            hooks: { AfterInstall: [{ run: "touch @ROOT@/started; sleep 30" }], ApplicationStart: [{ run: touch @ROOT@/never }] }
            """);
        using var first = Start(bundle, "AfterInstall");
        Until(() => File.Exists(bundle.PathOf("started")));

        var second = bundle.Under18("ApplicationStart");

        second.Exit.Should().Be(new HookExit(5, null), second.Text);
        second.Text.Should().Contain($"deployment {bundle.DeploymentId} (AfterInstall)").And.Contain("nothing was done");
        File.Exists(bundle.PathOf("never")).Should().BeFalse();
        first.SignalGroup(Posix.SIGKILL);
    }

    [Fact]
    public void A_run_that_is_told_to_stop_while_it_waits_for_the_first_says_so()
    {
        using var bundle = Bundle.Create("""
            version: 1
            hooks: { AfterInstall: [{ run: "touch @ROOT@/started; sleep 30" }], ApplicationStart: [{ run: touch @ROOT@/never }] }
            """);
        using var first = Start(bundle, "AfterInstall");
        Until(() => File.Exists(bundle.PathOf("started")));
        using var second = Start(bundle, "ApplicationStart");
        var said = new StringBuilder();
        second.Output.Reader = bytes =>
        {
            said.Append(Encoding.UTF8.GetString(bytes.Span));
            return null;
        };
        second.Follow(TimeSpan.FromSeconds(10), () => said.ToString().Contains("waiting:", StringComparison.Ordinal)).Should().BeTrue();

        second.SignalGroup(Posix.SIGTERM);
        second.Follow(TimeSpan.FromSeconds(10), () => second is { Exit: not null, Output.Ended: true });

        second.Exit.Should().Be(new HookExit(143, null));
        said.ToString().Should().Contain("ApplicationStart was not run: told to stop by SIGTERM").And.Contain("nothing was done");
        File.Exists(bundle.PathOf("never")).Should().BeFalse();
        first.SignalGroup(Posix.SIGKILL);
    }

    [Fact]
    public void A_killed_run_leaves_its_step_to_finish_and_the_next_run_says_so()
    {
        using var bundle = Bundle.Create("""
            version: 1
            hooks: { AfterInstall: [{ run: "touch @ROOT@/started; sleep 1; echo finished" }], ApplicationStart: [{ run: echo next }] }
            """);
        using var first = Start(bundle, "AfterInstall");
        Until(() => File.Exists(bundle.PathOf("started")));

        _ = Posix.Kill(first.Pid, Posix.SIGKILL);
        first.Follow(TimeSpan.FromSeconds(10), () => first.Exit is not null);

        var next = bundle.Under18("ApplicationStart");
        next.ErrorCode.Should().Be(AgentErrorCode.Succeeded, next.Text);
        next.Text.Should().Contain("AfterInstall of deployment").And.Contain("was killed");
        Until(() => LogOf(bundle, "AfterInstall").Contains("finished", StringComparison.Ordinal));
    }

    [Fact]
    public void Started_without_any_open_descriptor_a_step_still_has_an_input_and_its_log()
    {
        using var bundle = Bundle.Create("""
            version: 1
            hooks: { AfterInstall: [{ run: "for i in 0 2; do readlink /proc/$$/fd/$i; done > @ROOT@/descriptors" }] }
            """);
        bundle.Write("closed", $"#!/bin/sh\nexec {bundle.Archive}/hookrunner <&- >&- 2>&-\n", "755");

        new Agent18().Run(bundle.Call("AfterInstall") with { Location = "closed" }).Exit.Should().Be(new HookExit(0, null));

        File.ReadAllLines(bundle.PathOf("descriptors")).Should().SatisfyRespectively(
            input => input.Should().Be("/dev/null"),
            log => log.Should().StartWith(bundle.State).And.EndWith(".log"));
    }

    private static HookProcess Start(Bundle bundle, string name) => HookProcess.Start(new ProcessStart(
        bundle.Call(name).Script, [], bundle.Call(name).Over(AgentEnvironment.Service), ClosedPipeAsInput: true, 18));

    private static IEnumerable<int> LivingOf(Bundle bundle) => ProcessTable.With("DEPLOYMENT_ID", bundle.DeploymentId);

    private static string LogOf(Bundle bundle, string name) => string.Concat(
        Directory.EnumerateFiles(Path.Join(bundle.State, "sample/log", bundle.DeploymentId, name)).Select(File.ReadAllText));

    private static void Until(Func<bool> holds)
    {
        var end = DateTime.UtcNow.AddSeconds(30);
        while (!holds())
        {
            DateTime.UtcNow.Should().BeBefore(end);
            Thread.Sleep(20);
        }
    }
}
