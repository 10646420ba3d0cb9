using System.Buffers;
using System.Text;

namespace HookRunner.Host.Output;

/// <summary>
/// Turns whatever a program prints into lines that neither agent can choke on: valid UTF-8, no control byte but the
/// newline, each line below 500 bytes. Terminal colours are dropped, other control and invalid bytes shown as `\xNN`, a
/// lone carriage return starts its line again (progress bars), a longer line is cut with `...`. Only whole lines come
/// out, and how the input was split makes no difference. (Agent 1.8 fails an event for one invalid byte at a line's end.)
/// </summary>
internal sealed class OutputSanitizer
{
    private const byte NewLine = (byte)'\n', CarriageReturn = (byte)'\r', Tab = (byte)'\t', EscapeByte = 0x1B;
    private const int TabWidth = 8;

    private readonly BoundedLine _line = new();
    private readonly byte[] _partial = new byte[4];
    private readonly EscapeSequence _escape = new();

    private int _partialLength;
    private bool _restarts;

    /// <summary>Takes the next bytes; <paramref name="lines"/> gets every line that they complete.</summary>
    public void Write(ReadOnlySpan<byte> input, IBufferWriter<byte> lines)
    {
        while (!input.IsEmpty)
        {
            input = input[Take(input, lines)..];
        }
    }

    /// <summary>The input is over: what is left becomes a last line.</summary>
    public void Finish(IBufferWriter<byte> lines)
    {
        _line.AppendEscaped(_partial.AsSpan(0, _partialLength));
        _partialLength = 0;
        if (_escape.Abandon())
        {
            _line.AppendEscaped([EscapeByte]);
        }

        if (_line.Length > 0)
        {
            EndLine(lines);
        }
    }

    private int Take(ReadOnlySpan<byte> input, IBufferWriter<byte> lines)
    {
        if (_partialLength > 0)
        {
            return CompleteRune(input);
        }

        if (_escape.IsOpen)
        {
            return SkipEscape(input);
        }

        if (_restarts)
        {
            return Restart(input[0]);
        }

        var plain = _line.IsCut ? input.IndexOfAny(NewLine, CarriageReturn) : input.IndexOfAnyExceptInRange((byte)0x20, (byte)0x7E);
        if (plain == 0)
        {
            return TakeSpecial(input, lines);
        }

        var taken = plain < 0 ? input.Length : plain;
        _line.Append(input[..taken]);
        return taken;
    }

    private int TakeSpecial(ReadOnlySpan<byte> input, IBufferWriter<byte> lines)
    {
        switch (input[0])
        {
            case NewLine:
                EndLine(lines);
                return 1;
            case CarriageReturn:
                _restarts = true;
                return 1;
            case EscapeByte:
                _escape.Open();
                return 1;
            case Tab:
                // Agent 2.x drops tabs ("a\tb" becomes "ab"): columns survive as blanks.
                _line.Append("        "u8[(_line.Length % TabWidth)..]);
                return 1;
            case < 0x80:
                _line.AppendEscaped(input[..1]);
                return 1;
            default:
                return TakeRune(input);
        }
    }

    private int Restart(byte next)
    {
        switch (next)
        {
            case CarriageReturn:
                return 1;
            case NewLine:
                _restarts = false;
                return 0;
            default:
                _line.Clear();
                _restarts = false;
                return 0;
        }
    }

    private int SkipEscape(ReadOnlySpan<byte> input)
    {
        var skipped = _escape.Skip(input, out var isLone);
        if (isLone)
        {
            _line.AppendEscaped([EscapeByte]);
        }

        return skipped;
    }

    private int TakeRune(ReadOnlySpan<byte> input)
    {
        var status = Rune.DecodeFromUtf8(input, out var rune, out var length);
        if (status == OperationStatus.NeedMoreData)
        {
            input.CopyTo(_partial);
            _partialLength = input.Length;
            return input.Length;
        }

        AppendDecoded(status, rune, input[..length]);
        return length;
    }

    private int CompleteRune(ReadOnlySpan<byte> input)
    {
        Span<byte> bytes = stackalloc byte[4];
        _partial.AsSpan(0, _partialLength).CopyTo(bytes);
        var added = Math.Min(input.Length, 4 - _partialLength);
        input[..added].CopyTo(bytes[_partialLength..]);
        bytes = bytes[..(_partialLength + added)];

        var status = Rune.DecodeFromUtf8(bytes, out var rune, out var length);
        if (status == OperationStatus.NeedMoreData)
        {
            bytes.CopyTo(_partial);
            _partialLength = bytes.Length;
            return added;
        }

        var taken = length - _partialLength;
        _partialLength = 0;
        AppendDecoded(status, rune, bytes[..length]);
        return taken;
    }

    private void AppendDecoded(OperationStatus status, Rune rune, ReadOnlySpan<byte> bytes)
    {
        if (status != OperationStatus.Done)
        {
            _line.AppendEscaped(bytes);
        }
        else if (rune.Value <= 0x9F)
        {
            _line.AppendEscaped([(byte)rune.Value]);
        }
        else
        {
            _line.AppendWhole(bytes);
        }
    }

    private void EndLine(IBufferWriter<byte> lines)
    {
        _line.MoveTo(lines);
        _restarts = false;
    }
}
