using System.Diagnostics;
using System.Text;
using HookRunner.Host.Os;
using HookRunner.Host.Output;

namespace HookRunner.Host.Tests.Output;

public sealed class OutputRelaySpecs : IDisposable
{
    private const int SetFlags = 4;

    private readonly int _reader;
    private readonly int _writer;

    public unsafe OutputRelaySpecs()
    {
        var ends = stackalloc int[2];
        Libc.Pipe(ends, OpenFlags.CloseOnExec);
        (_reader, _writer) = (ends[0], ends[1]);
    }

    [Fact]
    public void A_line_arrives_with_its_newline_and_sanitised()
    {
        new OutputRelay(_writer).WriteLine("é\u001b[1mbold\0");

        ReadSome().Should().Be("ébold\\x00\n");
    }

    [Fact]
    public void A_text_of_several_lines_stays_several_lines()
    {
        new OutputRelay(_writer).WriteLine("one\ntwo");

        ReadSome().Should().Be("one\ntwo\n");
    }

    [Fact]
    public void A_secret_in_a_line_is_hidden()
    {
        var mask = new SecretMask();
        mask.Add("hunter22");

        new OutputRelay(_writer, mask).WriteLine("token=hunter22");

        ReadSome().Should().Be("token=***\n");
    }

    [Fact]
    public void A_stopped_reader_costs_a_moment_once_and_is_told_how_many_lines_it_missed()
    {
        var relay = new OutputRelay(_writer);
        var watch = Stopwatch.StartNew();

        WriteLines(relay, 5000);
        var took = watch.Elapsed;
        var shown = ReadSome().Split('\n').Length - 1;
        relay.WriteLine("back");

        took.Should().BeLessThan(TimeSpan.FromSeconds(4));
        relay.Dropped.Should().Be(0);
        ReadSome().Should().Be($"... {5000 - shown} lines are not shown here: nobody read them in time; the log has them\nback\n");
    }

    [Fact]
    public void What_is_only_offered_is_neither_waited_for_nor_dropped()
    {
        var relay = new OutputRelay(_writer);
        var lines = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 20_000).Select(number => $"line {number}\n")));
        var watch = Stopwatch.StartNew();

        var taken = relay.Offer(lines);
        var took = watch.Elapsed;

        took.Should().BeLessThan(TimeSpan.FromSeconds(0.9));
        relay.Dropped.Should().Be(0);
        ReadSome().Should().Be(Encoding.ASCII.GetString(lines, 0, taken)).And.EndWith("\n");
    }

    [Fact]
    public void An_important_line_waits_for_a_reader_that_is_only_slow()
    {
        var relay = new OutputRelay(_writer);
        WriteLines(relay, 5000);
        using var timer = new Timer(_ => ReadOnce(), null, 200, Timeout.Infinite);

        relay.WriteLine("the summary", important: true);

        ReadSome().Should().EndWith("the summary\n");
    }

    [Fact]
    public void Important_lines_wait_one_second_in_all_for_a_reader_that_has_stopped()
    {
        var relay = new OutputRelay(_writer);
        WriteLines(relay, 5000);
        var watch = Stopwatch.StartNew();

        for (var line = 0; line < 20; line++)
        {
            relay.WriteLine("digest", important: true);
        }

        watch.Elapsed.Should().BeGreaterThan(TimeSpan.FromSeconds(0.9)).And.BeLessThan(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void A_reader_that_is_gone_is_noticed_by_a_write_once()
    {
        var told = 0;
        var relay = new OutputRelay(_writer, onGone: () => told++);
        Libc.Close(_reader);

        relay.WriteLine("one");
        relay.WriteLine("two");

        relay.IsGone.Should().BeTrue();
        told.Should().Be(1);
    }

    [Fact]
    public void A_reader_that_is_gone_is_noticed_without_a_write()
    {
        var relay = new OutputRelay(_writer);
        relay.NoticeReader().Should().BeTrue();
        Libc.Close(_reader);

        relay.NoticeReader().Should().BeFalse();
    }

    [Fact]
    public void A_descriptor_that_does_not_block_never_shows_half_a_line()
    {
        Libc.Fcntl(_writer, SetFlags, OpenFlags.NonBlocking);
        var relay = new OutputRelay(_writer);

        WriteLines(relay, 5000);

        ReadSome().Split('\n')[..^1].Should().OnlyContain(line => line.Length == 100);
    }

    public void Dispose()
    {
        Libc.Close(_reader);
        Libc.Close(_writer);
    }

    private static void WriteLines(OutputRelay relay, int count)
    {
        for (var line = 0; line < count; line++)
        {
            relay.Write(Encoding.ASCII.GetBytes(new string('x', 100) + "\n"));
        }
    }

    private unsafe void ReadOnce()
    {
        var buffer = stackalloc byte[8192];
        Libc.Read(_reader, buffer, 8192);
    }

    private unsafe string ReadSome()
    {
        var buffer = new byte[1 << 20];
        var length = 0;
        fixed (byte* start = buffer)
        {
            while (Descriptors.Wait(_reader, Descriptors.Readable, TimeSpan.FromMilliseconds(50)) == Descriptors.Readable)
            {
                length += (int)Libc.Read(_reader, start + length, buffer.Length - length);
            }
        }

        return Encoding.UTF8.GetString(buffer, 0, length);
    }
}
