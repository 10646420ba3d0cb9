namespace HookRunner.Host.Output;

/// <summary>
/// Where in a terminal's escape sequence a stream of bytes is (ECMA-48: control sequences such as colours, and strings such
/// as titles and links). A string ends at the end of its line at the latest.
/// </summary>
internal sealed class EscapeSequence
{
    private const byte Bell = 7, EscapeByte = 0x1B;

    private Place _place;

    private enum Place
    {
        Outside,
        Start,
        Intermediate,
        Control,
        String,
        StringEnd,
    }

    public bool IsOpen => _place != Place.Outside;

    /// <summary>An escape byte was seen.</summary>
    public void Open() => _place = Place.Start;

    /// <summary>The input is over; true where an escape byte stood alone.</summary>
    public bool Abandon()
    {
        var isLone = _place == Place.Start;
        _place = Place.Outside;
        return isLone;
    }

    /// <summary>How many bytes belong to the sequence. <paramref name="isLone"/>: there is none, the escape byte stood alone.</summary>
    public int Skip(ReadOnlySpan<byte> input, out bool isLone)
    {
        isLone = false;
        var next = input[0];
        switch (_place)
        {
            case Place.Start:
                isLone = next is < 0x20 or > 0x7E;
                return Begin(next);
            case Place.Intermediate:
                return Continue(next, 0x2F);
            case Place.Control:
                return Continue(next, 0x3F);
            case Place.StringEnd:
                _place = next == '\\' ? Place.Outside : Place.Start;
                return next == '\\' ? 1 : 0;
            default:
                return SkipString(input);
        }
    }

    private int Begin(byte next)
    {
        _place = next switch
        {
            (byte)'[' => Place.Control,
            (byte)']' or (byte)'P' or (byte)'X' or (byte)'^' or (byte)'_' => Place.String,
            >= 0x20 and <= 0x2F => Place.Intermediate,
            _ => Place.Outside,
        };
        return next is >= 0x20 and <= 0x7E ? 1 : 0;
    }

    private int Continue(byte next, byte lastParameter)
    {
        if (next >= 0x20 && next <= lastParameter)
        {
            return 1;
        }

        _place = Place.Outside;
        return next is >= 0x30 and <= 0x7E ? 1 : 0;
    }

    private int SkipString(ReadOnlySpan<byte> input)
    {
        var end = input.IndexOfAny([Bell, EscapeByte, (byte)'\n', (byte)'\r']);
        if (end < 0)
        {
            return input.Length;
        }

        var isEscape = input[end] == EscapeByte;
        _place = isEscape ? Place.StringEnd : Place.Outside;
        return isEscape || input[end] == Bell ? end + 1 : end;
    }
}
