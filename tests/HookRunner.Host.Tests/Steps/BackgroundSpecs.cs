using HookRunner.Core.Steps;
using HookRunner.Host.Os;
using HookRunner.Host.Processes;
using HookRunner.Host.Steps.Background;
using HookRunner.Host.Tests.Processes;

namespace HookRunner.Host.Tests.Steps;

/// <summary>A program that outlives its step, where there is no systemd.</summary>
public sealed class BackgroundSpecs : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly string _name = $"test-{Guid.NewGuid():N}";

    public void Dispose()
    {
        BackgroundMembers.Of(_name).ForEach(process => Libc.Kill(process.Id, 9));
        _folder.Dispose();
    }

    [Fact]
    public void It_runs_on_in_a_session_of_its_own_with_the_steps_environment_and_nothing_of_ours()
    {
        _folder.Write("show", "exec > shown; pwd; umask; ulimit -n; id -u; tr '\\0' '\\n' < /proc/$$/environ; echo end; sleep 1000; true");
        var run = new TestStepRun(_folder.Path);
        run = new TestStepRun(_folder.Path) { Environment = run.Environment.Add("COLOUR", "sky blue") };

        var outcome = Do(run, "command: [sh, show]", "alive_for: 300ms");

        var main = Main();
        outcome.Should().Be(new StepOutcome.Succeeded($"runs as pid {main.Id}"));
        main.Session.Should().Be(main.Id);
        Eventually.Holds(() => File.Exists(_folder.At("shown")) && File.ReadAllText(_folder.At("shown")).EndsWith("end\n", StringComparison.Ordinal));
        var lines = File.ReadAllLines(_folder.At("shown"));
        lines.Take(4).Should().Equal(_folder.Path, "0027", "777", $"{Users.CurrentId}");
        new DirectoryInfo($"/proc/{main.Id}/fd").EnumerateFileSystemInfos().Select(entry => entry.LinkTarget).Should().BeEquivalentTo(
            ["/dev/null", _folder.At("shown"), _folder.At("its.log"), _folder.At("show")]);
        lines.Should().Contain("COLOUR=sky blue").And.Contain($"HOOKRUNNER_STEP={run.Environment["HOOKRUNNER_STEP"]}");
        // A shell blocks all while it starts another program.
        Eventually.Holds(() => File.ReadAllLines($"/proc/{main.Id}/status").Count(line => line is "SigBlk:\t0000000000000000" or "SigIgn:\t0000000000000000") == 2);
        lines.Should().NotContain(line => line.StartsWith("DOTNET", StringComparison.Ordinal));
    }

    [Fact]
    public void Its_output_is_appended_to_the_log_and_its_pid_is_in_the_file()
    {
        _folder.Write("app.log", "before\n");

        Do("command: [sh, -c, 'echo out; echo error >&2; exec sleep 1000']", $"log: {_folder.At("app.log")}", $"pid_file: {_folder.At("app.pid")}", "alive_for: 300ms")
            .Should().BeOfType<StepOutcome.Succeeded>();

        Eventually.Holds(() => File.ReadAllText(_folder.At("app.log")) == "before\nout\nerror\n");
        File.ReadAllText(_folder.At("app.pid")).Should().Be($"{Main().Id}\n");
        _folder.Trait("app.pid").Should().EndWith(" 0644");
        Eventually.Holds(() => File.ReadAllText($"/proc/{Main().Id}/cmdline") == "sleep\01000\0");
    }

    [Theory]
    [InlineData("exit 3", "exit status 3")]
    [InlineData("sleep 0.3; kill -SEGV $$$$", "Killed { Signal = 11, CoreDumped = ")]
    public void One_that_dies_at_once_fails_with_its_last_lines(string end, string reason)
    {
        var failed = Failure(Do($"command: [sh, -c, 'echo cannot open database; {end}']", $"pid_file: {_folder.At("app.pid")}", "alive_for: 20s"));

        failed.Reason.Should().StartWith(reason).And.MatchRegex("[0-9]s after its start$");
        failed.Detail.Should().Equal("cannot open database");
        File.Exists(_folder.At("app.pid")).Should().BeFalse();
    }

    [Fact]
    public void What_goes_into_the_background_by_itself_is_told_what_is_wanted()
    {
        var failed = Failure(Do("command: [sh, -c, 'sleep 1000 & exit 0']", "alive_for: 20s"));

        failed.Reason.Should().StartWith("ended with exit status 0, ").And.EndWith("; `background` wants a program that stays in the foreground");
        BackgroundMembers.Of(_name).Should().BeEmpty("what it had started is stopped");
    }

    [Theory]
    [InlineData("[no-such-program]", "`no-such-program` was not found on PATH (/usr/bin:/bin)")]
    [InlineData("[./not-there]", "`@/./not-there` does not exist")]
    [InlineData("[./no-interpreter]", "`@/./no-interpreter` needs the interpreter `/no/such/interpreter`")]
    public void What_cannot_be_started_says_why(string command, string reason)
    {
        _folder.Write("no-interpreter", "#!/no/such/interpreter\n", (UnixFileMode)Convert.ToInt32("755", 8));

        var failed = Failure(Do($"command: {command}"));

        string.Join(' ', failed.Detail?.Prepend(failed.Reason) ?? [failed.Reason]).Should().Contain(reason.Replace("@", _folder.Path, StringComparison.Ordinal));
    }

    [Fact]
    public void A_second_run_of_the_same_leaves_it_alone_and_a_changed_one_takes_its_place()
    {
        var run = new TestStepRun(_folder.Path);
        Do(run, "command: [sleep, '1001']", "alive_for: 0s").Should().BeOfType<StepOutcome.Succeeded>();
        var first = Main();

        var again = Do(new TestStepRun(_folder.Path), "command: [sleep, '1001']", "alive_for: 0s");
        var changed = Do(new TestStepRun(_folder.Path) { Environment = run.Environment.Add("DEPLOYMENT_ID", "d-2") }, "command: [sleep, '1001']", "alive_for: 0s");

        again.Should().Be(new StepOutcome.Succeeded($"already runs as pid {first.Id}"));
        changed.Should().Be(new StepOutcome.Succeeded($"runs as pid {Main().Id}, in place of pid {first.Id}"));
        ProgramRun.IsAlive(first.Id).Should().BeFalse();
    }

    [Fact]
    public void What_another_had_started_under_the_pid_file_is_replaced()
    {
        using var old = new StartedServer("sleep", "1000");
        var file = _folder.Write("app.pid", $"{old.Id}\n");

        Do("command: [sleep, '1001']", $"pid_file: {file}", "alive_for: 0s").Should().BeOfType<StepOutcome.Succeeded>();

        old.IsAlive.Should().BeFalse();
        File.ReadAllText(file).Should().Be($"{Main().Id}\n");
    }

    [Fact]
    public void Two_steps_of_one_event_cannot_run_under_one_name()
    {
        var run = new TestStepRun(_folder.Path);
        Do(run, "command: [sleep, '1001']", "alive_for: 0s");
        var other = run.Environment.SetItem("HOOKRUNNER_STEP", run.Environment["HOOKRUNNER_STEP"].Replace(":01:", ":02:", StringComparison.Ordinal));

        var failed = Failure(Do(new TestStepRun(_folder.Path) { Environment = other }, "command: [sleep, '1002']"));

        failed.Reason.Should().Be($"another step of this event runs as `{_name}` already (pid {Main().Id})");
        failed.Hint.Should().Be("give each a `unit:` of its own");
    }

    [Fact]
    public void A_port_is_waited_for_though_a_child_of_it_listens()
    {
        var port = StartedServer.FreePort();
        var server = $"import socket, time; time.sleep(0.5); s=socket.create_server(('127.0.0.1', {port})); time.sleep(1000)";

        Do($"command: [sh, -c, '/usr/bin/python3 -S -c \"$0\"; true', \"{server}\"]", $"port: {port}", "alive_for: 0s").Should().BeOfType<StepOutcome.Succeeded>();

        ListeningSockets.On(port).Should().NotBeEmpty();
    }

    [Fact]
    public void A_port_that_another_holds_fails_before_anything_is_stopped()
    {
        var port = StartedServer.FreePort();
        using var stranger = StartedServer.Listening(port);
        using var old = new StartedServer("sleep", "1000");
        var file = _folder.Write("app.pid", $"{old.Id}\n");

        var failed = Failure(Do("command: [sleep, '1001']", $"pid_file: {file}", $"port: {port}"));

        failed.Reason.Should().StartWith($"port {port} is in use: pid {stranger.Id} (");
        failed.Hint.Should().Be($"stop that first, as by `stop_process: {{ port: {port} }}`");
        old.IsAlive.Should().BeTrue();
    }

    [Fact]
    public void A_stop_and_the_end_of_the_event_end_what_has_not_proved_itself_yet()
    {
        var stopped = new TestStepRun(_folder.Path);
        stopped.Told.CancelAfter(500);

        Do(stopped, "command: [sh, -c, 'trap \"\" TERM; sleep 1000; sleep 1000']", "alive_for: 1h").Should().Be(new StepOutcome.Stopped(15));
        BackgroundMembers.Of(_name).Should().BeEmpty();
        Do(new TestStepRun(_folder.Path, TimeSpan.FromMilliseconds(500)), "command: [sleep, '1000']", "port: 1").Should().BeOfType<StepOutcome.TimedOut>();
        BackgroundMembers.Of(_name).Should().BeEmpty();
    }

    [NeedsFact("root")]
    public void It_runs_as_the_steps_user_with_all_groups_and_owns_its_log()
    {
        using var user = new TestUser();
        File.SetUnixFileMode(_folder.Path, (UnixFileMode)Convert.ToInt32("755", 8));
        var account = Users.Find(user.Name)!;
        var run = new TestStepRun(_folder.Path) { User = account };

        Do(run, "command: [sh, -c, 'id -un; id -Gn; echo again > /dev/stdout; exec sleep 1000']", $"log: {_folder.At("app.log")}", $"pid_file: {_folder.At("app.pid")}", "alive_for: 300ms")
            .Should().BeOfType<StepOutcome.Succeeded>();

        Eventually.Holds(() => File.ReadAllText(_folder.At("app.log")).EndsWith("again\n", StringComparison.Ordinal));
        _folder.Trait("app.log").Should().Be($"{account.Id}:{account.GroupId} 0640");
        _folder.Trait("app.pid").Should().Be("0:0 0644");
        File.ReadAllLines($"/proc/{Main().Id}/status").Should().Contain($"Uid:\t{account.Id}\t{account.Id}\t{account.Id}\t{account.Id}")
            .And.Contain(line => line.StartsWith("CapEff:\t0000000000000000"))
            .And.Contain(line => line.StartsWith("Groups:\t") && line.Contains($"{Users.FindGroup(TestUser.OtherGroup)}"));
        Do(run, "command: [true]", $"pid_file: {_folder.At("app.pid")}", "alive_for: 1m").Should().BeOfType<StepOutcome.Failed>("it is no more, so that the user can go");
    }

    [NeedsFact("root")]
    public void A_log_that_leads_elsewhere_is_refused_before_anything_is_started()
    {
        using var user = new TestUser();
        var run = new TestStepRun(_folder.Path) { User = Users.Find(user.Name)! };
        var secret = _folder.Write("secret", "root's\n");
        Libc.Link(secret, _folder.At("hard.log")).Should().Be(0);
        _folder.Link("soft.log", secret);

        Failure(Do(run, "command: [sleep, '1000']", $"log: {_folder.At("soft.log")}")).Reason.Should().Be($"`{_folder.At("soft.log")}` is a link; expected a file");
        Failure(Do(run, "command: [sleep, '1000']", $"log: {_folder.At("hard.log")}")).Reason.Should().Be(
            $"`{_folder.At("hard.log")}` is not {user.Name}'s, for whom the program runs, and has other names");
        Failure(Do(run, "command: [sleep, '1000']", $"log: {_folder.At("none/app.log")}")).Hint.Should().Be($"make it first: `directory: {_folder.At("none")}`");
        Failure(Do(run, "command: [sleep, '1000']", $"pid_file: {_folder.Make("app.pid")}")).Reason.Should().EndWith("is no file; expected a file that holds a pid");

        BackgroundMembers.Of(_name).Should().BeEmpty();
    }

    [Theory]
    [InlineData("background: {}", "1:13 `background` needs `command`: ")]
    [InlineData("background: { command: [] }", "1:24 `command` is a list; expected a command")]
    [InlineData("background: { command: x, port: http }", "1:33 `port` is `http`; expected a whole number from 1 to 65535")]
    [InlineData("background: { command: x, log: app.log }", "1:32 `log` is `app.log`; expected an absolute path")]
    [InlineData("background: { command: x, unit: /etc/x.service }", "1:33 `/etc/x.service` is a path; expected a unit's name")]
    [InlineData("background: { command: x, unit: x.timer }", "1:33 `x.timer` is no service; expected a name such as `web` or `web.service`")]
    public void A_step_that_cannot_be_meant_is_refused(string step, string mistake) =>
        Some.Mistakes(step).Should().Contain(said => said.StartsWith(mistake));

    [Theory]
    [InlineData("background: ./serve", "./serve", "start `./serve` in the background as hookrunner-<read when the step starts>-serve, in place of one that runs; alive for 3s")]
    [InlineData(
        "background: { command: [node, /opt/app/server.js], unit: web, log: /var/log/web.log, pid_file: /run/web.pid, port: 80, alive_for: 10s }",
        "node /opt/app/server.js",
        "start `node /opt/app/server.js` in the background as web, in place of one that runs; alive for 10s and listening on port 80; output to /var/log/web.log; pid in /run/web.pid")]
    public void It_shows_what_it_does(string step, string subject, string words)
    {
        var action = Some.Step(step);

        action.Subject.Should().Be(subject);
        action.Describe().Should().Be(words);
    }

    private ProcessStat Main() => BackgroundMembers.Of(_name).MinBy(process => process.StartTime);

    private static StepOutcome.Failed Failure(StepOutcome outcome) => outcome.Should().BeOfType<StepOutcome.Failed>().Subject;

    private StepOutcome Do(params string[] keys) => Do(new TestStepRun(_folder.Path), keys);

    private StepOutcome Do(TestStepRun run, params string[] keys)
    {
        var log = keys.Any(key => key.StartsWith("log:", StringComparison.Ordinal)) ? "" : $", log: {_folder.At("its.log")}";
        return Some.Step($"background: {{ {string.Join(", ", keys)}, unit: {_name}{log} }}").Run(run);
    }
}
