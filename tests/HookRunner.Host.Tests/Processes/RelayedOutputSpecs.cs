using System.Text;

namespace HookRunner.Host.Tests.Processes;

/// <summary>What reaches the reader of our stdout, of programs that print too much, too strangely, or to nobody.</summary>
public sealed class RelayedOutputSpecs : IDisposable
{
    private const long MiB = 1 << 20;

    private readonly TempDirectory _folder = new();

    [Fact]
    public void Both_streams_come_in_their_true_order()
    {
        var script = "for i in 1 2 3 4 5 6 7 8 9; do echo out $i; echo error $i >&2; done; printf 'no newline'";

        Shown("sh", "-c", script).Should().Equal(
            [.. Enumerable.Range(1, 9).SelectMany(number => (string[])[$"out {number}", $"error {number}"]), "no newline", "the end"]);
    }

    [Fact]
    public void The_first_line_is_shown_while_the_program_still_runs()
    {
        using var run = ProgramRun.Start(
            _folder, [ProgramRun.Driver], [$"cwd={_folder.Path}", "--", "sh", "-c", "echo first; while ! [ -e go ]; do sleep 0.05; done"], readsOutput: false);

        run.ReadLine().Should().Be("first");
        File.WriteAllText(_folder["go"], "");
        run.Finish();
    }

    [Fact]
    public void A_gigabyte_of_lines_costs_no_memory_and_little_time_and_is_whole_in_the_log()
    {
        var results = CompleteBoth("yes 0123456789012345678901234567890123456789012345678901234567890 | head -c 1000000000");

        results[1].End.Should().Be("exited 0");
        (results[1].Memory - results[0].Memory).Should().BeLessThan(20 * MiB);
        new FileInfo(_folder["log"]).Length.Should().Be(1_000_000_000);
    }

    [Fact]
    public void A_gigabyte_in_one_line_costs_no_memory_and_is_shown_cut()
    {
        var results = CompleteBoth("head -c 1000000000 /dev/zero | tr '\\0' x");

        (results[1].Memory - results[0].Memory).Should().BeLessThan(20 * MiB);
        results[1].Tail.Should().ContainSingle().Which.Should().HaveLength(498);
    }

    [Fact]
    public void Random_bytes_reach_the_reader_as_valid_text()
    {
        using var run = ProgramRun.Start(_folder, "--", "head", "-c", "60000", "/dev/urandom");
        run.Finish();

        var text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(run.AllOutput());
        text.Where(char.IsControl).Distinct().Should().Equal('\n');
        text.Split('\n').Should().OnlyContain(line => Encoding.UTF8.GetByteCount(line) < 499);
    }

    [Fact]
    public void A_stopped_reader_never_slows_a_program()
    {
        string[] words = ["--", "sh", "-c", "yes | head -c 300000000; exit 4"];
        using var reading = ProgramRun.Start(_folder, words);
        var usual = reading.Finish().Single().Took;

        using var stopped = ProgramRun.Start(_folder, [ProgramRun.Driver], words, readsOutput: false);

        stopped.Finish().Single().Took.Should().BeLessThan((usual * 4) + TimeSpan.FromSeconds(3));
    }

    [Fact]
    public void A_reader_that_has_gone_does_not_hurt_the_program()
    {
        using var run = ProgramRun.Start(_folder, [ProgramRun.Driver], ["--", "sh", "-c", "for i in 1 2 3 4 5 6; do echo $i; sleep 0.1; done"], readsOutput: false);

        run.CloseOutput();

        run.Finish().Single().End.Should().Be("exited 0");
        File.ReadAllLines(_folder["log"]).Should().HaveCount(6);
    }

    [Fact]
    public void A_secret_is_nowhere_in_what_is_shown_or_reported()
    {
        var result = ProgramRun.Complete(_folder, "secret=hunter22", "--", "sh", "-c", "echo hunter22; printf hunt; sleep 0.1; echo er22; exit 1").Single();

        result.Tail.Should().Equal("***", "***");
    }

    [Fact]
    public void A_program_that_empties_its_log_is_warned_of()
    {
        Shown("bash", "-c", "echo a first line that is longer; sleep 0.3; echo lost > /dev/stderr; echo after").Should()
            .ContainSingle(line => line.StartsWith("warning: the step emptied its own log", StringComparison.Ordinal));
    }

    [NeedsFact("root")]
    public void A_runaway_program_cannot_fill_a_small_disk_and_its_last_lines_are_kept()
    {
        var mount = Directory.CreateDirectory(_folder["mount"]).FullName;
        using var run = ProgramRun.Start(
            _folder,
            ["unshare", "-m", "--propagation", "private", "sh", "-c", $"mount -t tmpfs -o size=600m tmpfs {mount} && exec \"$@\"", "sh", ProgramRun.Driver],
            [$"log={mount}/log", "--", "sh", "-c", "yes 0123456789012345678901234567890123456789012345678901234567890 | head -c 2000000000 && echo 'the last line'"]);

        var result = run.Finish().Single();
        result.End.Should().Be("exited 0");
        result.Tail.Last().Should().EndWith("the last line");
        Encoding.UTF8.GetString(run.AllOutput()).Should().Contain("the disk is nearly full");
    }

    public void Dispose() => _folder.Dispose();

    private string[] Shown(params string[] words)
    {
        using var run = ProgramRun.Start(_folder, ["--", .. words]);
        run.Finish();
        return Encoding.UTF8.GetString(run.AllOutput()).TrimEnd('\n').Split('\n');
    }

    // The first shows what the driver needs by itself.
    private IReadOnlyList<RunResult> CompleteBoth(string script) => ProgramRun.Complete(
        _folder, "--", "sh", "-c", "echo warm; exit 0", ";;", $"log={_folder["log"]}", "fresh", "--", "sh", "-c", script);
}
