using System.Buffers;
using System.Collections.Immutable;

namespace HookRunner.Host.Output;

/// <summary>
/// Follows a step's log while a program appends to it, and relays it: at most 64 KiB of a step as it comes, then only its
/// end, with a line that says where the rest is. Bounded in every turn, in memory and on disk.
/// </summary>
internal sealed class LogFollower
{
    private const int LargestRead = 64 * 1024;
    private const int LargestTurn = 1024 * 1024;
    private const int ShownEnd = 4096;

    private readonly StepLog _log;
    private readonly OutputRelay _relay;
    private readonly RelayBudget _budget;
    private readonly bool _isQuiet;
    private LogSpace _space;
    private readonly MaskStream? _mask;
    private readonly OutputSanitizer _sanitizer = new();
    private readonly ArrayBufferWriter<byte> _lines = new();
    private readonly ArrayBufferWriter<byte> _pending = new();
    private readonly ArrayBufferWriter<byte> _masked = new();
    private byte[] _buffer = [];
    private long _start;
    private long _offset;
    private long _shownUpTo;
    private long _length;
    private int _delivered;

    public LogFollower(StepLog log, OutputRelay relay, RelayBudget? budget)
    {
        _log = log;
        _relay = relay;
        _isQuiet = budget is null;
        _budget = budget ?? new RelayBudget(0);
        _mask = relay.Mask.IsEmpty ? null : new MaskStream(relay.Mask);
        _start = _offset = _shownUpTo = _length = LogFile.Length(log.Descriptor);
        _space = new LogSpace(log.Descriptor, _start);
    }

    /// <summary>
    /// Relays what is new, at most 1 MiB, so that the caller stays awake; where the reader has no room, later: the log keeps it.
    /// </summary>
    public void Turn() => Turn(LogFile.Length(_log.Descriptor));

    /// <summary>The program has ended: relays the rest that is there now, and gives the last lines.</summary>
    public ImmutableArray<string> Finish()
    {
        // Fixed once: what it left behind may go on writing faster than anybody reads.
        var end = LogFile.Length(_log.Descriptor);
        long before;
        do
        {
            before = _offset;
            DeliverAll();
            Turn(end);
        }
        while (_offset > before && _offset < end && !_budget.IsSpent);

        FlushLine();
        if (_budget.IsSpent && !_isQuiet && end > _shownUpTo)
        {
            ShowEnd(end);
        }

        DeliverAll();
        return end == _start ? [] : OutputTail.Read(_log.Descriptor, (_start, end), _relay.Mask);
    }

    private void Turn(long length)
    {
        if (length < _length)
        {
            StartOver();
        }

        _length = length;
        if (_space.Keep(length))
        {
            Say("... the disk is nearly full: only the start and the end of this step's output are kept");
        }

        for (var turn = 0; Deliver() && turn < LargestTurn && _offset < length && !_budget.IsSpent;)
        {
            _buffer = _buffer.Length == 0 ? new byte[LargestRead] : _buffer;
            var read = LogFile.Read(_log.Descriptor, _buffer, _offset);
            if (read == 0)
            {
                return;
            }

            Take(_buffer.AsSpan(0, read));
            _offset += read;
            turn += read;
        }
    }

    private void Take(ReadOnlySpan<byte> bytes)
    {
        var shown = bytes;
        if (_mask is not null)
        {
            _masked.ResetWrittenCount();
            _mask.Write(bytes, _masked);
            shown = _masked.WrittenSpan;
        }

        _lines.ResetWrittenCount();
        _sanitizer.Write(shown, _lines);
        var lines = _budget.Take(_lines.WrittenSpan);
        _pending.Write(lines);
        if (lines.Count((byte)'\n') is var count and > 0)
        {
            _shownUpTo = _offset + EndOfLine(bytes, count);
        }

        if (_budget.IsSpent)
        {
            Say($"... too much to show: from here on it goes to {Place} only");
        }
    }

    private string Place => _log.Path ?? "a log without a name";

    private void ShowEnd(long end)
    {
        if (end - _shownUpTo > ShownEnd)
        {
            Say($"... the whole output ({ByteCount.Describe(end - _start)}) is in {Place}; it ends with:");
        }

        foreach (var line in OutputTail.Read(_log.Descriptor, (_shownUpTo, end), _relay.Mask, ShownEnd))
        {
            Say(line);
        }
    }

    // `echo x > /dev/stderr` opens the log anew and empties it: a pipe would not mind, a file does.
    private void StartOver()
    {
        FlushLine();
        Say("warning: the step emptied its own log (`> /dev/stderr`, `> /dev/stdout`, `tee /dev/stderr`): what it held is lost; write `>&2`, or `>> /dev/stderr`");
        _start = _offset = _shownUpTo = 0;
        _space = new LogSpace(_log.Descriptor, 0);
    }

    private void FlushLine()
    {
        _lines.ResetWrittenCount();
        _masked.ResetWrittenCount();
        _mask?.Finish(_masked);
        _sanitizer.Write(_masked.WrittenSpan, _lines);
        _sanitizer.Finish(_lines);
        _pending.Write(_budget.Take(_lines.WrittenSpan));
    }

    private void Say(string line) => _pending.Write(_relay.Render(line));

    // True when nothing is left to deliver.
    private bool Deliver()
    {
        _delivered += _relay.Offer(_pending.WrittenSpan[_delivered..]);
        if (_delivered < _pending.WrittenCount)
        {
            return false;
        }

        _pending.ResetWrittenCount();
        _delivered = 0;
        return true;
    }

    private void DeliverAll()
    {
        _relay.Write(_pending.WrittenSpan[_delivered..]);
        _pending.ResetWrittenCount();
        _delivered = 0;
    }

    private static int EndOfLine(ReadOnlySpan<byte> bytes, int lines)
    {
        var end = 0;
        for (var line = 0; line < lines && bytes[end..].IndexOf((byte)'\n') is var next and >= 0; line++)
        {
            end += next + 1;
        }

        return end;
    }
}
