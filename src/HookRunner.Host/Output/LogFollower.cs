using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;

namespace HookRunner.Host.Output;

/// <summary>
/// Follows a step's log while a program appends to it, and relays it: at most 64 KiB of a step as it comes, then only its
/// end, with a line that says where the rest is.
/// </summary>
internal sealed class LogFollower
{
    private const int LargestRead = 64 * 1024;
    private const int LargestTurn = 1024 * 1024;

    private readonly StepLog _log;
    private readonly OutputRelay _relay;
    private readonly RelayBudget _budget;
    private readonly long _start;
    private readonly OutputSanitizer _sanitizer = new();
    private readonly ArrayBufferWriter<byte> _lines = new(LargestRead);
    private readonly byte[] _buffer = new byte[LargestRead];
    private long _offset;

    public LogFollower(StepLog log, OutputRelay relay, RelayBudget budget)
    {
        _log = log;
        _relay = relay;
        _budget = budget;
        _start = LogFile.Length(log.Descriptor);
        _offset = _start;
    }

    /// <summary>Relays what is new, at most 1 MiB, so that the caller stays awake.</summary>
    public void Turn()
    {
        for (var turn = 0; turn < LargestTurn && !_budget.IsSpent;)
        {
            var read = LogFile.Read(_log.Descriptor, _buffer, _offset);
            if (read == 0)
            {
                return;
            }

            turn += read;
            _offset += read;
            _lines.ResetWrittenCount();
            _sanitizer.Write(_buffer.AsSpan(0, read), _lines);
            Relay();
        }
    }

    /// <summary>The program has ended: relays the rest that is there now, and gives the last lines.</summary>
    public ImmutableArray<string> Finish()
    {
        var end = LogFile.Length(_log.Descriptor);
        Turn();
        _lines.ResetWrittenCount();
        _sanitizer.Finish(_lines);
        Relay();
        return OutputTail.Read(_log.Descriptor, _start, end, _relay.Mask);
    }

    private void Relay()
    {
        var lines = _budget.Take(_lines.WrittenSpan);
        _relay.Write(lines);
        if (lines.Length < _lines.WrittenCount)
        {
            _relay.WriteLine(string.Create(CultureInfo.InvariantCulture, $"... the whole output is in {_log.Path}"));
        }
    }
}
