using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using HookRunner.Host.Os;

namespace HookRunner.Host.Output;

/// <summary>
/// The only writer of hookrunner's stdout. Never blocks: what a slow or stopped reader has no room for is dropped, counted
/// and said; nothing is lost by that, since the log has all of it. Only whole lines go out.
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
    private bool _isPatient = true;
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
    /// A line of our own (or several), masked and sanitised. An <paramref name="important"/> one, of a summary or digest,
    /// waits for a slow reader: at most a second, and not again for the next ones.
    /// </summary>
    public void WriteLine(string text, bool important = false)
    {
        _lines.ResetWrittenCount();
        _sanitizer.Write(Encoding.UTF8.GetBytes(Mask.Apply(text)), _lines);
        _sanitizer.Write("\n"u8, _lines);
        Put(_lines.WrittenSpan, important);
    }

    /// <summary>Whole lines from an <see cref="OutputSanitizer"/>.</summary>
    public void Write(ReadOnlySpan<byte> lines) => Put(lines, important: false);

    /// <summary>Looks whether there is still a reader; to be called about each second while waiting.</summary>
    public bool NoticeReader()
    {
        if (!IsGone && (Descriptors.Wait(_descriptor, 0, TimeSpan.Zero) & Descriptors.Failed) != 0)
        {
            Leave();
        }

        return !IsGone;
    }

    private void Put(ReadOnlySpan<byte> lines, bool important)
    {
        while (!lines.IsEmpty && !IsGone)
        {
            var piece = FirstPiece(lines);
            lines = lines[piece.Length..];
            if (HasRoom(important) && SayDropped())
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

    private bool HasRoom(bool important)
    {
        var patience = important && _isPatient ? Patience : TimeSpan.Zero;
        var state = Descriptors.Wait(_descriptor, Descriptors.Writable, patience);
        if ((state & Descriptors.Failed) != 0)
        {
            Leave();
            return false;
        }

        var hasRoom = (state & Descriptors.Writable) != 0;
        _isPatient = hasRoom || !important;
        return hasRoom;
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
        return HasRoom(important: false);
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
