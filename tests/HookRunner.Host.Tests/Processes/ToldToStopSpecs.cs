using System.Diagnostics;
using HookRunner.Host.Os;

namespace HookRunner.Host.Tests.Processes;

/// <summary>A signal from outside, as the agent sends it to the whole group, and what becomes of the program.</summary>
public sealed class ToldToStopSpecs : IDisposable
{
    private readonly TempDirectory _folder = new();

    [Theory]
    [InlineData(15)]
    [InlineData(2)]
    [InlineData(1)]
    [InlineData(3)]
    public void Each_signal_that_ends_a_program_ends_the_run(int signal)
    {
        using var run = Start("exec sleep 300");

        Libc.Kill(run.Id, signal);

        run.Finish(expectedStatus: 128 + signal).Single().End.Should().Be($"stopped {signal}");
        IsAlive().Should().BeFalse();
    }

    [Theory]
    [InlineData("sleep 300")]
    [InlineData("trap 'exit 7' TERM; while :; do sleep 0.1; done")]
    [InlineData("trap '' TERM; while :; do sleep 0.1; done")]
    [InlineData("trap '' TERM; setsid setsid sh -c 'trap \"\" TERM; echo $$ > inner; exec sleep 300' & while :; do sleep 0.1; done")]
    public void A_TERM_to_the_group_ends_everything_in_less_than_4_seconds(string script)
    {
        using var run = Start(script, under: "setsid");
        var watch = Stopwatch.StartNew();

        Libc.Kill(-run.Id, 15);
        var result = run.Finish(expectedStatus: 143).Single();

        watch.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(4));
        result.End.Should().Be("stopped 15");
        IsAlive().Should().BeFalse();
        (File.Exists(_folder["inner"]) && ProgramRun.IsAlive(ProgramRun.WaitForNumber(_folder["inner"]))).Should().BeFalse();
    }

    [Fact]
    public void A_program_whose_end_is_seen_before_the_signal_is_not_taken_for_failed()
    {
        var ends = new List<string>();
        for (var attempt = 0; attempt < 5; attempt++)
        {
            File.Delete(_folder["pid"]);
            using var run = Start("exec sleep 300");

            Libc.Kill(ProgramRun.WaitForNumber(_folder["pid"]), 15);
            Thread.Sleep(5);
            Libc.Kill(run.Id, 15);

            ends.Add(run.Finish(expectedStatus: 143).Single().End);
        }

        // On a machine that is busy enough the order comes too late now and then.
        ends.Should().Contain("stopped 15");
    }

    [Fact]
    public void A_second_signal_ends_the_grace()
    {
        using var run = Start("trap '' TERM; while :; do sleep 0.1; done");
        var watch = Stopwatch.StartNew();

        Libc.Kill(run.Id, 15);
        Thread.Sleep(500);
        Libc.Kill(run.Id, 15);

        run.Finish(expectedStatus: 143);
        watch.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(1.5));
    }

    [Fact]
    public void A_stop_during_the_grace_of_a_timeout_shortens_it()
    {
        using var run = Start("trap 'touch asked' TERM; while :; do sleep 0.1; done", options: ["timeout=0.5", "grace=60"]);
        ProgramRun.WaitForFile(_folder["asked"]);
        var watch = Stopwatch.StartNew();

        Libc.Kill(run.Id, 15);

        run.Finish(expectedStatus: 143).Single().End.Should().Be("timed out");
        watch.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(4));
    }

    [Fact]
    public void After_it_no_further_program_starts()
    {
        using var run = Start("exec sleep 300", more: [";;", $"log={_folder["log"]}", "--", "touch", _folder["second"]]);

        Libc.Kill(run.Id, 15);

        run.Finish(expectedStatus: 143).Select(result => result.End).Should().Equal("stopped 15", "stopped 15");
        File.Exists(_folder["second"]).Should().BeFalse();
    }

    [Fact]
    public void Under_the_agent_a_reader_that_has_gone_is_a_reason_to_stop()
    {
        using var run = Start("exec sleep 300", options: ["agent"]);
        var watch = Stopwatch.StartNew();

        run.CloseOutput();

        run.Finish(expectedStatus: 128 + 13).Single().End.Should().Be("stopped 13");
        watch.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(4));
        IsAlive().Should().BeFalse();
    }

    [Fact]
    public void By_hand_the_run_goes_on_without_a_reader()
    {
        using var run = Start("sleep 1.5; echo unread; exit 0");

        run.CloseOutput();

        run.Finish().Single().End.Should().Be("exited 0");
        File.ReadAllText(_folder["log"]).Should().Be("unread\n");
    }

    public void Dispose() => _folder.Dispose();

    private ProgramRun Start(string script, string? under = null, string[]? options = null, string[]? more = null)
    {
        var run = ProgramRun.Start(
            _folder,
            [.. under is null ? (string[])[] : [under], ProgramRun.Driver],
            [.. options ?? [], $"cwd={_folder.Path}", "--", "bash", "-c", "echo $$ > pid; " + script, .. more ?? []],
            readsOutput: false);
        ProgramRun.WaitForLine(_folder["pid"]);
        return run;
    }

    private bool IsAlive() => ProgramRun.IsAlive(ProgramRun.WaitForNumber(_folder["pid"]));
}
