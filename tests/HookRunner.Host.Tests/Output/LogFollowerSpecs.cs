using System.Globalization;
using System.Text;
using HookRunner.Host.Os;
using HookRunner.Host.Output;

namespace HookRunner.Host.Tests.Output;

public sealed class LogFollowerSpecs : IDisposable
{
    private readonly TempDirectory _folder = new();
    private readonly StepLog _log;
    private readonly int _shown;
    private readonly OutputRelay _relay;

    public LogFollowerSpecs()
    {
        const int flags = OpenFlags.ReadWrite | OpenFlags.Create | OpenFlags.CloseOnExec;
        _log = new StepLog(_folder["log"], Libc.Open(_folder["log"], flags | OpenFlags.Append, 0x1A4), "token");
        _shown = Libc.Open(_folder["shown"], flags | OpenFlags.Append, 0x1A4);
        _relay = new OutputRelay(_shown);
    }

    [Fact]
    public void What_a_program_appends_is_relayed_in_order_turn_by_turn()
    {
        var follower = Follow();

        Append("one\ntw");
        follower.Turn();
        Shown().Should().Be("one\n");
        Append("o\nthree");
        var tail = follower.Finish();

        Shown().Should().Be("one\ntwo\nthree\n");
        tail.Should().Equal("one", "two", "three");
    }

    [Fact]
    public void What_was_in_the_log_before_is_neither_relayed_nor_in_the_tail()
    {
        Append("of the attempt before\n");
        var follower = Follow();

        Append("mine\n");

        follower.Finish().Should().Equal("mine");
        Shown().Should().Be("mine\n");
    }

    [Fact]
    public void Beyond_64_KiB_only_the_end_is_relayed_and_a_line_says_where_the_rest_is()
    {
        var follower = Follow();

        Append(Lines(10_000));
        follower.Turn();
        var tail = follower.Finish();

        var shown = Shown().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Encoding.UTF8.GetByteCount(Shown()).Should().BeLessThan(72 * 1024);
        shown.Should().StartWith("line 0").And.EndWith("line 9999");
        shown.Should().ContainSingle(line => line == $"... too much to show: from here on it goes to {_log.Path} only");
        shown.Should().ContainSingle(line => line == $"... the whole output (98.9 kB) is in {_log.Path}; it ends with:");
        shown.Should().OnlyHaveUniqueItems();
        tail.Should().EndWith("line 9999").And.HaveCountGreaterThan(500);
    }

    [Fact]
    public void A_little_more_than_64_KiB_is_relayed_without_a_gap()
    {
        var follower = Follow();

        Append(Lines(7000));
        follower.Finish();

        Shown().Split('\n').Where(line => line.StartsWith("line", StringComparison.Ordinal)).Should().Equal(Lines(7000).TrimEnd().Split('\n'));
    }

    [Fact]
    public void A_second_program_of_the_same_step_shares_what_may_be_shown()
    {
        var budget = new RelayBudget(100);
        var first = new LogFollower(_log, _relay, budget);
        Append(Lines(100));
        first.Finish();
        var second = new LogFollower(_log, _relay, budget);
        Append("of the second\n");

        second.Finish();

        Shown().Should().EndWith("of the second\n");
    }

    [Fact]
    public unsafe void A_reader_that_is_slow_for_a_while_misses_nothing()
    {
        var ends = stackalloc int[2];
        Libc.Pipe(ends, OpenFlags.CloseOnExec);
        var follower = new LogFollower(_log, new OutputRelay(ends[1]), new RelayBudget(4 * RelayBudget.OfStep));
        Append(Lines(20_000));
        follower.Turn();
        follower.Turn();
        var (reader, shown) = (ends[0], new MemoryStream());
        var reading = new Thread(() => ReadAll(reader, shown));
        reading.Start();

        follower.Finish();
        Libc.Close(ends[1]);
        reading.Join();

        Encoding.UTF8.GetString(shown.ToArray()).Should().Be(Lines(20_000));
        Libc.Close(ends[0]);
    }

    [Fact]
    public void A_quiet_program_is_not_relayed_but_has_a_tail()
    {
        var follower = new LogFollower(_log, _relay, budget: null);

        Append("answer\n");

        follower.Finish().Should().Equal("answer");
        Shown().Should().BeEmpty();
    }

    [Fact]
    public void A_log_that_the_program_empties_is_noticed_and_the_idiom_named()
    {
        var follower = Follow();
        Append("before, and longer than what comes after\n");
        follower.Turn();

        Libc.Ftruncate(_log.Descriptor, 0);
        Append("after\n");
        var tail = follower.Finish();

        Shown().Should().StartWith("before, and longer than what comes after\nwarning: the step emptied its own log (`> /dev/stderr`").And.EndWith("\nafter\n");
        tail.Should().Equal("after");
    }

    [Fact]
    public void A_secret_is_hidden_even_where_the_program_wrote_it_in_two_parts()
    {
        _relay.Mask.Add("hunter22");
        var follower = Follow();

        Append("token hunt");
        follower.Turn();
        Append("er22.\n");
        var tail = follower.Finish();

        Shown().Should().Be("token ***.\n");
        tail.Should().Equal("token ***.");
    }

    [Fact]
    public void A_secret_that_begins_before_the_tail_is_not_shown_by_half()
    {
        var secret = string.Concat(Enumerable.Range(0, 300).Select(number => number.ToString("x4", CultureInfo.InvariantCulture)));
        _relay.Mask.Add(secret);
        var follower = Follow();

        Append(new string('.', 70_000) + secret + new string('-', 7800));
        var tail = follower.Finish();

        string.Concat(tail).Should().NotContainAny("0012", "0123").And.Contain("---");
    }

    [Fact]
    public void The_tail_of_one_endless_line_is_bounded()
    {
        var follower = Follow();

        Append(new string('x', 3_000_000));
        var tail = follower.Finish();

        tail.Should().ContainSingle().Which.Length.Should().Be(498);
    }

    public void Dispose()
    {
        Libc.Close(_log.Descriptor);
        Libc.Close(_shown);
        _folder.Dispose();
    }

    private static unsafe void ReadAll(int descriptor, MemoryStream target)
    {
        var buffer = stackalloc byte[4096];
        for (nint read; (read = Libc.Read(descriptor, buffer, 4096)) > 0;)
        {
            target.Write(new ReadOnlySpan<byte>(buffer, (int)read));
        }
    }

    private static string Lines(int count) => string.Concat(Enumerable.Range(0, count).Select(number => FormattableString.Invariant($"line {number}\n")));

    private LogFollower Follow() => new(_log, _relay, new RelayBudget());

    private void Append(string text) => File.AppendAllText(_log.Path!, text);

    private string Shown() => File.ReadAllText(_folder["shown"]);
}
