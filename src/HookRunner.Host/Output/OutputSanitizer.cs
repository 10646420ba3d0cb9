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
    /// <summary>Bytes of a line, its newline not counted.</summary>
    public const int LongestLine = 498;

    private const byte NewLine = (byte)'\n', CarriageReturn = (byte)'\r', Tab = (byte)'\t', EscapeByte = 0x1B;
    private const int TabWidth = 8;

    private readonly byte[] _line = new byte[LongestLine];
    private readonly byte[] _partial = new byte[4];
    private readonly EscapeSequence _escape = new();

    private int _length;
    private int _lengthBeforeCut;
    private int _partialLength;
    private bool _isCut;
    private bool _restarts;

    private static ReadOnlySpan<byte> CutMark => "..."u8;

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
        AppendEscaped(_partial.AsSpan(0, _partialLength));
        _partialLength = 0;
        if (_escape.Abandon())
        {
            AppendEscaped([EscapeByte]);
        }

        if (_length > 0)
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

        var plain = _isCut ? input.IndexOfAny(NewLine, CarriageReturn) : input.IndexOfAnyExceptInRange((byte)0x20, (byte)0x7E);
        if (plain == 0)
        {
            return TakeSpecial(input, lines);
        }

        var taken = plain < 0 ? input.Length : plain;
        AppendPlain(input[..taken]);
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
                AppendPlain("        "u8[(_length % TabWidth)..]);
                return 1;
            case < 0x80:
                AppendEscaped(input[..1]);
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
                ClearLine();
                return 0;
        }
    }

    private int SkipEscape(ReadOnlySpan<byte> input)
    {
        var skipped = _escape.Skip(input, out var isLone);
        if (isLone)
        {
            AppendEscaped([EscapeByte]);
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
            AppendEscaped(bytes);
        }
        else if (rune.Value <= 0x9F)
        {
            AppendEscaped([(byte)rune.Value]);
        }
        else
        {
            AppendWhole(bytes);
        }
    }

    private void AppendEscaped(ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes)
        {
            AppendWhole([(byte)'\\', (byte)'x', Digit(value >> 4), Digit(value & 15)]);
        }
    }

    // Cut between these bytes the line would not be valid UTF-8, or would show half of an escape.
    private void AppendWhole(ReadOnlySpan<byte> bytes)
    {
        if (_isCut || !Fits(bytes.Length))
        {
            return;
        }

        bytes.CopyTo(_line.AsSpan(_length));
        _length += bytes.Length;
        if (_length <= LongestLine - CutMark.Length)
        {
            _lengthBeforeCut = _length;
        }
    }

    private void AppendPlain(ReadOnlySpan<byte> bytes)
    {
        if (_isCut)
        {
            return;
        }

        var start = _length;
        var copied = Math.Min(bytes.Length, LongestLine - _length);
        bytes[..copied].CopyTo(_line.AsSpan(_length));
        _length += copied;
        if (start <= LongestLine - CutMark.Length)
        {
            _lengthBeforeCut = Math.Min(_length, LongestLine - CutMark.Length);
        }

        _ = Fits(bytes.Length - copied);
    }

    private bool Fits(int more)
    {
        if (_length + more <= LongestLine)
        {
            return true;
        }

        CutMark.CopyTo(_line.AsSpan(_lengthBeforeCut));
        _length = _lengthBeforeCut + CutMark.Length;
        _isCut = true;
        return false;
    }

    private void EndLine(IBufferWriter<byte> lines)
    {
        var target = lines.GetSpan(_length + 1);
        _line.AsSpan(0, _length).CopyTo(target);
        target[_length] = NewLine;
        lines.Advance(_length + 1);
        ClearLine();
    }

    private void ClearLine()
    {
        _length = 0;
        _lengthBeforeCut = 0;
        _isCut = false;
        _restarts = false;
    }

    private static byte Digit(int value) => (byte)"0123456789abcdef"[value];
}
