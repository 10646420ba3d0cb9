using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using HookRunner.Host.Os;

namespace HookRunner.Host.Output;

/// <summary>
/// The only writer of hookrunner's stdout. Never blocks: what a slow or stopped reader has no room for in time is dropped,
/// counted and said; nothing is lost by that, since the log has all of it. Only whole lines go out.
/// </summary>
internal sealed class OutputRelay
{
    /// <summary>PIPE_BUF: a pipe that polls writable takes that much at once (pipe(7)).</summary>
    private const int LargestWrite = 4096;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly int _descriptor;
    private readonly Action? _onGone;
    private readonly ArrayBufferWriter<byte> _lines = new(512);
    private readonly OutputSanitizer _sanitizer = new();
    private readonly ReaderPatience _usual = new(TimeSpan.FromMilliseconds(300));
    private readonly ReaderPatience _important = new(Patience);
    private bool _isInLine;

    /// <param name="descriptor"><see cref="StandardStreams.Output"/>.</param>
    /// <param name="mask">Hides secrets in what is said; the follower takes it from here too.</param>
    /// <param name="onGone">Called once when nobody can read any more: under the agent a reason to stop.</param>
    public OutputRelay(int descriptor, SecretMask? mask = null, Action? onGone = null)
    {
        _descriptor = descriptor;
        _onGone = onGone;
        Mask = mask ?? new SecretMask();
    }

    public SecretMask Mask { get; }

    /// <summary>The reader went away (EPIPE, POLLERR): nothing is written any more.</summary>
    public bool IsGone { get; private set; }

    /// <summary>Lines dropped since the last one that went out.</summary>
    public long Dropped { get; private set; }

    /// <summary>
    /// A line of our own (or several), masked and sanitised. It waits a moment for a slow reader; an
    /// <paramref name="important"/> one, of a summary or digest, a second, and not again for the next ones.
    /// </summary>
    public void WriteLine(string text, bool important = false) => Put(Render(text), important ? _important : _usual);

    /// <summary>Text as <see cref="WriteLine"/> would write it; valid until the next call.</summary>
    public ReadOnlySpan<byte> Render(string text)
    {
        _lines.ResetWrittenCount();
        _sanitizer.Write(Encoding.UTF8.GetBytes(Mask.Apply(text)), _lines);
        _sanitizer.Write("\n"u8, _lines);
        return _lines.WrittenSpan;
    }

    /// <summary>Whole lines from an <see cref="OutputSanitizer"/>: waits a moment for a slow reader, drops the rest.</summary>
    public void Write(ReadOnlySpan<byte> lines) => Put(lines, _usual);

    /// <summary>As many of these whole lines as there is room for at once; how many bytes that were. Drops nothing.</summary>
    public int Offer(ReadOnlySpan<byte> lines)
    {
        var taken = 0;
        while (taken < lines.Length && !IsGone && HasRoom(patience: null) && SayDropped())
        {
            var piece = FirstPiece(lines[taken..]);
            WriteAll(piece);
            taken += piece.Length;
        }

        return IsGone ? lines.Length : taken;
    }

    /// <summary>Looks whether there is still a reader; to be called about each second while waiting.</summary>
    public bool NoticeReader()
    {
        if (!IsGone && (Descriptors.Wait(_descriptor, 0, TimeSpan.Zero) & Descriptors.Failed) != 0)
        {
            Leave();
        }

        return !IsGone;
    }

    private void Put(ReadOnlySpan<byte> lines, ReaderPatience patience)
    {
        while (!lines.IsEmpty && !IsGone)
        {
            var piece = FirstPiece(lines);
            lines = lines[piece.Length..];
            if (HasRoom(patience) && SayDropped())
            {
                WriteAll(piece);
            }
            else
            {
                Dropped += piece.Count((byte)'\n');
            }
        }
    }

    private static ReadOnlySpan<byte> FirstPiece(ReadOnlySpan<byte> lines) =>
        lines.Length <= LargestWrite ? lines : lines[..(lines[..LargestWrite].LastIndexOf((byte)'\n') + 1)];

    private bool HasRoom(ReaderPatience? patience)
    {
        if (IsWritable(TimeSpan.Zero))
        {
            _usual.Renew();
            _important.Renew();
            return true;
        }

        return patience?.Left() is { } rest && rest > TimeSpan.Zero && !IsGone && IsWritable(rest);
    }

    private bool IsWritable(TimeSpan within)
    {
        var state = Descriptors.Wait(_descriptor, Descriptors.Writable, within);
        if ((state & Descriptors.Failed) != 0)
        {
            Leave();
            return false;
        }

        return (state & Descriptors.Writable) != 0;
    }

    private bool SayDropped()
    {
        if (Dropped == 0)
        {
            return true;
        }

        var count = Dropped.ToString(CultureInfo.InvariantCulture);
        Dropped = 0;
        WriteAll(Encoding.ASCII.GetBytes($"... {count} lines are not shown here: nobody read them in time; the log has them\n"));
        return HasRoom(patience: null);
    }

    // Only a descriptor that somebody made non-blocking takes a part; then the rest of the line follows, or a new line does.
    private unsafe void WriteAll(ReadOnlySpan<byte> piece)
    {
        if (_isInLine)
        {
            _isInLine = false;
            WriteAll("\n"u8);
        }

        while (!piece.IsEmpty && !IsGone)
        {
            nint written;
            fixed (byte* start = piece)
            {
                written = Libc.Write(_descriptor, start, piece.Length);
            }

            if (written >= 0)
            {
                piece = piece[(int)written..];
            }
            else if (!MayGoOn(Marshal.GetLastPInvokeError()))
            {
                _isInLine = true;
                return;
            }
        }
    }

    private bool MayGoOn(int error)
    {
        switch (error)
        {
            case Errno.EINTR:
                return true;
            case Errno.EAGAIN:
                return Descriptors.Wait(_descriptor, Descriptors.Writable, Patience) == Descriptors.Writable;
            default:
                Leave();
                return false;
        }
    }

    private void Leave()
    {
        IsGone = true;
        _onGone?.Invoke();
    }
}
