using HookRunner.Host.Os;

namespace HookRunner.Host.Tests.Processes;

/// <summary>The ladder: TERM, grace, KILL, until none is left, and nobody else.</summary>
public sealed class StoppingSpecs : IDisposable
{
    private readonly TempDirectory _folder = new();

    [Fact]
    public void At_its_deadline_a_program_gets_TERM_and_may_clean_up()
    {
        var result = Run("timeout=0.5", "trap 'echo cleaned up; exit 9' TERM; while :; do sleep 0.1; done");

        result.End.Should().Be("timed out");
        result.Tail.Should().EndWith("cleaned up");
        result.Took.Should().BeLessThan(TimeSpan.FromSeconds(4));
    }

    [Fact]
    public void A_program_that_ignores_TERM_is_killed_after_the_grace()
    {
        var result = Run(["timeout=0.3", "grace=1"], "trap '' TERM; echo $$ > pid; while :; do sleep 0.1; done");

        result.End.Should().Be("timed out");
        result.Took.Should().BeGreaterThan(TimeSpan.FromSeconds(1.2)).And.BeLessThan(TimeSpan.FromSeconds(6));
        IsAlive("pid").Should().BeFalse();
    }

    [Fact]
    public void A_stopped_program_goes_on_to_take_its_TERM()
    {
        Run(["timeout=0.5", "grace=20"], "trap 'echo cleaned up > done; exit' TERM; kill -STOP $$");

        ProgramRun.WaitForLine(_folder["done"]).Should().Be("cleaned up");
    }

    [NeedsTheory("root")]
    [InlineData("sleep 300 & echo $! > pid; wait")]
    [InlineData("(trap '' TERM; sleep 300 & echo $! > pid; wait) & wait")]
    [InlineData("setsid sh -c 'trap \"\" TERM HUP; echo $$ > pid; exec sleep 300' & wait")]
    [InlineData("(setsid sh -c 'trap \"\" TERM; echo $$ > pid; exec sleep 300' &) ; sleep 300")]
    [InlineData("(setsid setpriv --reuid=65534 --clear-groups sh -c 'trap \"\" TERM; echo $$; exec sleep 300' > pid &) ; sleep 300")]
    [InlineData("sh -c 'echo $$ > pid; kill -STOP $$'; sleep 300")]
    [InlineData("setsid env -i sh -c 'trap \"\" TERM; (echo $(exec sh -c \"echo \\$PPID\") > pid; exec sleep 300) &' ; sleep 300")]
    public void No_descendant_survives_whatever_it_did_to_escape(string script)
    {
        var result = Run(["timeout=1.5", "grace=0.5"], script);

        result.End.Should().Be("timed out");
        result.Unstoppable.Should().BeEmpty();
        IsAlive("pid").Should().BeFalse();
    }

    [Fact]
    public void A_process_that_escaped_parentage_is_found_by_its_environment()
    {
        // A subreaper of its own, started outside: what the step starts through it is no descendant of ours.
        using var run = Start([], "timeout=2", "grace=0.5", "token=escape", "--", "sh", "-c", $"cd {_folder.Path}; touch ready; sleep 300");
        ProgramRun.WaitForFile(_folder["ready"]);
        using var stranger = new LooseProcess(("HOOKRUNNER_STEP", "escape"));
        using var neighbour = new LooseProcess(("HOOKRUNNER_STEP", "escape2"));

        run.Finish().Single().End.Should().Be("timed out");

        stranger.HasEnded.Should().BeTrue();
        neighbour.HasEnded.Should().BeFalse();
    }

    [Fact]
    public void A_failed_program_takes_what_it_started_with_it()
    {
        var result = Run("grace=1", "sleep 300 & echo $! > pid; exit 3");

        result.End.Should().Be("exited 3");
        result.LeftBehind.Should().BeEmpty();
        IsAlive("pid").Should().BeFalse();
    }

    [Fact]
    public void What_an_earlier_program_left_running_is_spared_with_all_that_it_starts()
    {
        var server = $"cd {_folder.Path}; nohup sh -c 'echo $$ > server; while :; do (setsid sh -c \"echo \\$\\$ > worker; exec sleep 300\" &); sleep 300; done' & ";
        var results = ProgramRun.Complete(
            _folder, "token=one", "--", "sh", "-c", server + $"while ! [ -s worker ]; do sleep 0.01; done",
            ";;", $"log={_folder["log"]}", "token=two", "timeout=1", "grace=0.3", "--", "sh", "-c", $"cd {_folder.Path}; echo $$ > pid; sleep 300");

        var (serverId, workerId) = (ProgramRun.WaitForNumber(_folder["server"]), ProgramRun.WaitForNumber(_folder["worker"]));
        var alive = (ProgramRun.IsAlive(serverId), ProgramRun.IsAlive(workerId), IsAlive("pid"));
        Libc.Kill(serverId, 9);
        Libc.Kill(workerId, 9);

        results.Select(result => result.End).Should().Equal("exited 0", "timed out");
        alive.Should().Be((true, true, false));
    }

    [Fact]
    public void What_lived_before_is_known_by_its_pid_where_nothing_else_tells()
    {
        var results = ProgramRun.Complete(
            _folder, "token=one", "--", "sh", "-c", $"env -i sleep 300 & echo $! > {_folder["server"]}",
            ";;", $"log={_folder["log"]}", "token=two", "timeout=0.5", "grace=0.3", "--", "sleep", "300");

        var server = ProgramRun.WaitForNumber(_folder["server"]);
        var isAlive = ProgramRun.IsAlive(server);
        Libc.Kill(server, 9);

        results[1].End.Should().Be("timed out");
        isAlive.Should().BeTrue();
    }

    [Fact]
    public void A_worker_that_an_earlier_server_orphans_meanwhile_is_spared() => SparesServerAndWorker(
        "nohup sh -c 'while ! [ -e go ]; do sleep 0.02; done; (setsid sh -c \"echo \\$\\$ > worker; exec sleep 300\" &); exec sleep 300' & echo $! > server");

    [Fact]
    public void A_worker_without_any_environment_is_known_by_its_servers_session() => SparesServerAndWorker(
        "setsid env -i sh -c 'echo $$ > server; while ! [ -e go ]; do sleep 0.02; done; (sh -c \"echo \\$\\$ > worker; exec sleep 300\" &) ; exec sleep 300' & while ! [ -s server ]; do sleep 0.02; done");

    [NeedsFact("strace")]
    public void Without_pidfd_everything_is_stopped_too()
    {
        using var run = Start(
            ["strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=pidfd_open,pidfd_send_signal,close_range", "-e", "inject=pidfd_open,pidfd_send_signal,close_range:error=ENOSYS"],
            "timeout=3", "grace=0.5", $"cwd={_folder.Path}", "--", "sh", "-c", "ls /proc/$$/fd; (setsid sh -c 'trap \"\" TERM; echo $$ > pid; exec sleep 300' &) ; sleep 300");

        run.Finish().Single().End.Should().Be("timed out");
        IsAlive("pid").Should().BeFalse();
        File.ReadAllLines(_folder["log"]).Should().StartWith(["0", "1", "2"]);
    }

    [NeedsFact("root")]
    public void Processes_that_we_may_not_signal_are_reported_at_once()
    {
        File.SetUnixFileMode(_folder.Path, (UnixFileMode)Convert.ToInt32("777", 8));
        File.Copy("/usr/bin/setpriv", _folder["setpriv"]);
        File.SetUnixFileMode(_folder["setpriv"], (UnixFileMode)Convert.ToInt32("4755", 8));
        using var run = Start(
            ["setpriv", "--reuid=65534", "--clear-groups"],
            "timeout=1", "grace=0.3", $"cwd={_folder.Path}", "--", "sh", "-c", "./setpriv --ruid=0 sh -c 'echo $$ > pid; sleep 8' & sleep 300");

        var result = run.Finish().Single();

        result.Unstoppable.Should().NotBeEmpty();
        result.Took.Should().BeLessThan(TimeSpan.FromSeconds(5));
        Libc.Kill(ProgramRun.WaitForNumber(_folder["pid"]), 9);
    }

    [Fact]
    public void A_fork_bomb_of_a_thousand_is_stopped()
    {
        var result = Run(
            ["timeout=6", "grace=0.5"],
            "trap '' TERM; i=0; while [ $i -lt 1000 ]; do (trap '' TERM; setsid sh -c 'while :; do sleep 20; done' &) ; i=$((i+1)); done; echo all > ready; while :; do (sleep 20 &) ; sleep 0.01; done");

        result.End.Should().Be("timed out");
        result.Unstoppable.Should().BeEmpty();
        File.Exists(_folder["ready"]).Should().BeTrue();
        result.Took.Should().BeLessThan(TimeSpan.FromSeconds(14));
        AliveIn(_folder.Path).Should().BeEmpty();
    }

    [Fact]
    public void Orphans_that_have_ended_do_not_pile_up()
    {
        Run("timeout=20", "i=0; while [ $i -lt 300 ]; do (true &) ; i=$((i+1)); done; sleep 1.5; ps -o stat= --ppid $PPID | grep -c Z > zombies; exit 0");

        ProgramRun.WaitForNumber(_folder["zombies"]).Should().BeLessThan(50);
    }

    [NeedsFact("root", "mkfs.ext4", "fsfreeze")]
    public void A_process_that_waits_in_the_kernel_is_reported_and_not_waited_for()
    {
        var mount = _folder["mount"];
        var freeze = $"""
            mkdir {mount} && truncate -s 64M {mount}.img && mkfs.ext4 -q {mount}.img && mount -o loop {mount}.img {mount} && fsfreeze -f {mount} &&
            (sleep 9; fsfreeze -u /dev/fd/9) 9< {mount} & sleep 0.5; exec "$@"
            """;
        using var run = ProgramRun.Start(
            _folder,
            ["unshare", "-m", "--propagation", "private", "sh", "-c", freeze, "sh", ProgramRun.Driver],
            ["timeout=1", "grace=0.3", "--", "sh", "-c", $"cat {mount}/none; exec touch {mount}/file"]);

        var result = run.Finish().Single();
        result.End.Should().Be("timed out");
        result.Unstoppable.Should().ContainSingle().Which.Should().EndWith($" True touch {mount}/file");
        result.Took.Should().BeLessThan(TimeSpan.FromSeconds(8));
    }

    public void Dispose() => _folder.Dispose();

    private static IEnumerable<int> AliveIn(string folder) => Host.Processes.ProcessTree.All()
        .Where(ProgramRun.IsAlive)
        .Where(id => new FileInfo($"/proc/{id}/cwd").LinkTarget == folder);

    /// <summary>One program leaves a server, the next one makes it start a worker and is stopped.</summary>
    /// <param name="server">Writes its pid to `server`; once `go` is there it starts a worker, whose pid is in `worker`.</param>
    private void SparesServerAndWorker(string server)
    {
        var results = ProgramRun.Complete(
            _folder, "token=one", "--", "sh", "-c", $"cd {_folder.Path}; {server}",
            ";;", $"log={_folder["log"]}", "token=two", "timeout=1.5", "grace=0.3", "--", "sh", "-c", $"cd {_folder.Path}; touch go; sleep 300");

        var (serverId, workerId) = (ProgramRun.WaitForNumber(_folder["server"]), ProgramRun.WaitForNumber(_folder["worker"]));
        var alive = (ProgramRun.IsAlive(serverId), ProgramRun.IsAlive(workerId));
        Libc.Kill(serverId, 9);
        Libc.Kill(workerId, 9);

        results[1].End.Should().Be("timed out");
        alive.Should().Be((true, true));
    }

    private RunResult Run(string option, string script) => Run([option], script);

    private RunResult Run(string[] options, string script) =>
        ProgramRun.Complete(_folder, [.. options, $"cwd={_folder.Path}", "--", "sh", "-c", script]).Single();

    private ProgramRun Start(string[] under, params string[] words) => ProgramRun.Start(_folder, [.. under, ProgramRun.Driver], words);

    private bool IsAlive(string name) => ProgramRun.IsAlive(ProgramRun.WaitForNumber(_folder[name]));
}
