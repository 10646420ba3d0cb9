namespace HookRunner.Host.Tests.Processes;

public sealed class ExitStatusSpecs : IDisposable
{
    private readonly TempDirectory _folder = new();

    [Fact]
    public void Every_exit_status_is_exact()
    {
        var results = RunAll(Enumerable.Range(0, 256).Select(status => $"exit {status}"));

        results.Select(result => result.End).Should().Equal(Enumerable.Range(0, 256).Select(status => $"exited {status}"));
    }

    [Fact]
    public void Every_signal_is_told_from_the_status_a_shell_makes_of_it()
    {
        // Not those that end nothing (CHLD, CONT, URG, WINCH) or stop (STOP, TSTP, TTIN, TTOU), nor the C library's own two.
        var signals = Enumerable.Range(1, 64).Except([17, 18, 19, 20, 21, 22, 23, 28, 32, 33]).ToArray();

        var results = RunAll(signals.Select(signal => $"kill -{signal} $$"));

        results.Select(result => result.End).Should().Equal(signals.Select(signal => $"killed {signal}"));
    }

    [Fact]
    public void A_thousand_quick_starts_lose_no_status()
    {
        var results = ProgramRun.Complete(_folder, "repeat=1000", "--", "true");

        results.Should().HaveCount(1000).And.OnlyContain(result => result.End == "exited 0");
    }

    [NeedsFact("strace")]
    public void Without_pidfd_every_status_is_still_exact()
    {
        using var run = Start(["strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=pidfd_open", "-e", "inject=pidfd_open:error=ENOSYS"], "exit 0", "exit 3", "kill -9 $$");

        run.Finish().Select(result => result.End).Should().Equal("exited 0", "exited 3", "killed 9");
    }

    [Fact]
    public void A_parent_that_ignores_the_end_of_children_makes_no_difference()
    {
        using var run = Start(["env", "--ignore-signal=CHLD", "--ignore-signal=PIPE"], "exit 5", "yes | head -1; exit 6");

        run.Finish().Select(result => result.End).Should().Equal("exited 5", "exited 6");
        File.ReadAllText(_folder["log"]).Should().Be("y\n");
    }

    [NeedsTheory("root")]
    [InlineData("exec tail /dev/zero", "killed 9")]
    [InlineData("tail /dev/zero; exit 1", "exited 1")]
    public void A_program_that_the_kernel_killed_for_memory_is_told_from_others(string script, string end)
    {
        using var group = new MemoryGroup(limit: 30_000_000);

        var result = RunAll([$"echo $$ > {group.Path}/cgroup.procs; sleep 1; {script}"]).Single();

        result.End.Should().Be(end);
        result.OutOfMemory.Should().MatchRegex(@"^the kernel killed tail \(pid \d+\): its memory limit was reached$");
    }

    public void Dispose() => _folder.Dispose();

    private ProgramRun Start(string[] under, params string[] scripts) =>
        ProgramRun.Start(_folder, [.. under, ProgramRun.Driver], [.. Words(scripts)]);

    private IReadOnlyList<RunResult> RunAll(IEnumerable<string> scripts) => ProgramRun.Complete(_folder, [.. Words(scripts)]);

    private IEnumerable<string> Words(IEnumerable<string> scripts) => scripts
        .SelectMany(script => (string[])[";;", $"log={_folder["log"]}", "--", "sh", "-c", script])
        .Skip(1);
}
