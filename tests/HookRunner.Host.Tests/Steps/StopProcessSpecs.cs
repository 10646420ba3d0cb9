using System.Diagnostics;
using HookRunner.Core.Steps;
using HookRunner.Host.Tests.Processes;

namespace HookRunner.Host.Tests.Steps;

/// <summary>What is stopped and how, whichever way it is found.</summary>
public sealed class StopProcessSpecs : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_does_not_run_is_already_stopped()
    {
        Do($"stop_process: {{ pid_file: {_folder.At("no.pid")} }}").Should().Be(new StepOutcome.Succeeded("already stopped"));
        Do($"stop_process: {{ pid_file: {_folder.At("no/such/folder/no.pid")} }}").Should().Be(new StepOutcome.Succeeded("already stopped"));
        Do($"stop_process: {{ port: {StartedServer.FreePort()} }}").Should().Be(new StepOutcome.Succeeded("already stopped"));
        Do("stop_process: { program: no-such-program }").Should().Be(new StepOutcome.Succeeded("already stopped"));
        Do($"stop_process: {{ program: {_folder.At("none")} }}").Should().Be(new StepOutcome.Succeeded("already stopped"));
    }

    [Fact]
    public void A_process_may_end_in_its_own_way_and_a_second_step_says_that_it_has()
    {
        using var server = StartedServer.Shell($"trap 'echo bye > {_folder.At("bye")}; exit 0' TERM; echo ready; while :; do sleep 0.05; done");
        var file = PidFileOf(server);

        var stopped = Do($"stop_process: {{ pid_file: {file} }}");
        var again = Do($"stop_process: {{ pid_file: {file} }}");

        stopped.Should().BeOfType<StepOutcome.Succeeded>().Which.Note.Should().StartWith($"stopped pid {server.Id}").And.EndWith($"; removed {file}");
        again.Should().Be(new StepOutcome.Succeeded("already stopped"));
        File.ReadAllText(_folder.At("bye")).Should().Be("bye\n");
    }

    [Fact]
    public void One_that_ignores_TERM_is_killed_after_its_time()
    {
        using var server = StartedServer.Shell("trap '' TERM; echo ready; while :; do sleep 0.05; done");
        var watch = Stopwatch.StartNew();

        var stopped = Do($"stop_process: {{ pid_file: {PidFileOf(server)}, within: 700ms }}");

        ((StepOutcome.Succeeded)stopped).Note.Should().Contain(" of them by KILL after 700ms");
        watch.Elapsed.Should().BeGreaterThan(TimeSpan.FromMilliseconds(700)).And.BeLessThan(TimeSpan.FromSeconds(20));
        server.IsAlive.Should().BeFalse();
    }

    [Fact]
    public void A_stopped_process_goes_on_to_take_its_TERM()
    {
        using var server = StartedServer.Shell($"trap 'echo bye > {_folder.At("bye")}; exit 0' TERM; echo ready; kill -STOP $$; sleep 1000");
        Eventually.Holds(() => File.ReadAllText($"/proc/{server.Id}/stat").Contains(") T ", StringComparison.Ordinal));

        Do($"stop_process: {{ pid_file: {PidFileOf(server)}, within: 30s }}").Should().BeOfType<StepOutcome.Succeeded>();

        File.Exists(_folder.At("bye")).Should().BeTrue();
    }

    [Theory]
    [InlineData("sleep 1000 & echo $!; wait")]
    [InlineData("trap '' TERM; sleep 1000 & echo $!; wait; wait")]
    [InlineData("setsid sh -c 'trap \"\" TERM; echo $$; sleep 1000; sleep 1000' & wait")]
    [InlineData("sh -c 'sh -c \"echo \\$\\$; exec sleep 1000\"; true'; true")]
    public void Nothing_that_it_started_survives(string script)
    {
        using var server = StartedServer.Shell(script, ready: null);
        var child = server.ReadNumber();

        Do($"stop_process: {{ pid_file: {PidFileOf(server)}, within: 500ms }}").Should().BeOfType<StepOutcome.Succeeded>();

        (server.IsAlive, ProgramRun.IsAlive(child)).Should().Be((false, false));
    }

    [Fact]
    public void The_topmost_gets_TERM_first_and_may_end_its_own()
    {
        using var server = StartedServer.Shell($"""
            sh -c 'trap "echo TERM >> {_folder.At("child")}; exit" TERM; trap "echo USR1 >> {_folder.At("child")}; exit" USR1; while :; do sleep 0.05; done' & child=$!
            trap 'kill -USR1 $child; wait $child; exit 0' TERM
            sleep 0.3; echo ready; while :; do sleep 0.05; done
            """);

        Do($"stop_process: {{ pid_file: {PidFileOf(server)} }}").Should().BeOfType<StepOutcome.Succeeded>();

        File.ReadAllText(_folder.At("child")).Should().Be("USR1\n");
    }

    [Fact]
    public void Neither_its_parent_nor_its_neighbours_are_touched()
    {
        using var parent = StartedServer.Shell("sleep 1001 & echo $!; sleep 1002 & echo $!; wait; wait; sleep 1000", ready: null);
        var (wanted, neighbour) = (parent.ReadNumber(), parent.ReadNumber());

        Do($"stop_process: {{ pid_file: {_folder.Write("one.pid", $"{wanted}\n")} }}").Should().BeOfType<StepOutcome.Succeeded>();

        (ProgramRun.IsAlive(wanted), ProgramRun.IsAlive(neighbour), parent.IsAlive).Should().Be((false, true, true));
    }

    [Fact]
    public void A_stop_and_the_end_of_the_event_end_the_wait_at_once()
    {
        using var server = StartedServer.Shell("trap '' TERM; echo ready; while :; do sleep 0.05; done");
        var file = PidFileOf(server);
        var stopped = new TestStepRun("/");
        stopped.Told.CancelAfter(200);

        var (told, late) = (
            Some.Step($"stop_process: {{ pid_file: {file}, within: 1m }}").Run(stopped),
            Some.Step($"stop_process: {{ pid_file: {file}, within: 1m }}").Run(new TestStepRun("/", TimeSpan.FromMilliseconds(200))));

        told.Should().Be(new StepOutcome.Stopped(15));
        late.Should().BeOfType<StepOutcome.TimedOut>().Which.Detail!.Single().Should().StartWith($"pid {server.Id} (sh -c ");
        server.IsAlive.Should().BeTrue();
    }

    [Fact]
    public void Under_simulation_it_is_done_for_real()
    {
        using var server = StartedServer.Shell("echo ready; exec sleep 1000");

        Some.Step($"stop_process: {{ pid_file: {PidFileOf(server)} }}").Run(new TestStepRun("/") { Simulated = true }).Should().BeOfType<StepOutcome.Succeeded>();

        server.IsAlive.Should().BeFalse();
    }

    [Theory]
    [InlineData("stop_process: {}", "1:15 `stop_process` does not say what to stop; expected one of pid_file, port, program")]
    [InlineData("stop_process: { port: 80, program: x }", "1:15 `stop_process` has port and program; expected one of them (use a step for each)")]
    [InlineData("stop_process: { pid_file: app.pid }", "1:27 `pid_file` is `app.pid`; expected an absolute path (start it with `/` or with a variable such as `${release.dir}`)")]
    [InlineData("stop_process: { port: http }", "1:23 `port` is `http`; expected a whole number from 1 to 65535")]
    [InlineData("stop_process: { port: 0 }", "1:23 `port` is `0`; expected a whole number from 1 to 65535")]
    [InlineData("stop_process: { program: puma -C x }", "1:26 `puma -C x` is no program's name; expected one such as `puma`, or an absolute path (arguments are not looked at)")]
    [InlineData("stop_process: { program: python3.11 }", "1:26 `python3.11` runs many programs of a host: all of them would be stopped (name the script or jar by its path (`program: /opt/app/server.js`), or use `pid_file` or `port`)")]
    [InlineData("stop_process: { program: x, within: soon }", "1:37 `within` is `soon`; expected a duration such as `500ms`")]
    [InlineData("stop_process: { signal: KILL }", "1:17 unknown key `signal` in `stop_process`")]
    public void A_step_that_cannot_be_meant_is_refused(string step, string mistake) => Some.Mistakes(step).Should().Contain(said => said.StartsWith(mistake));

    [Theory]
    [InlineData("stop_process: { pid_file: /run/app.pid }", "/run/app.pid", "stop the process of /run/app.pid, with all that it started: TERM, KILL after 10s; none running is fine")]
    [InlineData("stop_process: { port: 8080, within: 1m }", "port 8080", "stop what listens on port 8080, with all that it started: TERM, KILL after 1m; none running is fine")]
    [InlineData("stop_process: { program: puma }", "puma", "stop every process of puma, with all that it started: TERM, KILL after 10s; none running is fine")]
    public void It_shows_what_it_does(string step, string subject, string words)
    {
        var action = Some.Step(step);

        action.Subject.Should().Be(subject);
        action.Describe().Should().Be(words);
    }

    private string PidFileOf(StartedServer server) => _folder.Write("server.pid", $"{server.Id}\n");

    private static StepOutcome Do(string step) => Some.Step(step).Run(new TestStepRun("/"));
}
