using System.Buffers;

namespace HookRunner.Host.Output;

/// <summary>One line as it grows, never longer than <see cref="Longest"/>: what is too much is cut, never within a character.</summary>
internal sealed class BoundedLine
{
    /// <summary>Bytes of a line, its newline not counted: agent 1.8 loses everything before a line of 2,048, and 2.x adds to each.</summary>
    public const int Longest = 498;

    private readonly byte[] _bytes = new byte[Longest];
    private int _lengthBeforeCut;

    public int Length { get; private set; }

    /// <summary>It was too long: whatever is added is dropped.</summary>
    public bool IsCut { get; private set; }

    private static ReadOnlySpan<byte> CutMark => "..."u8;

    /// <summary>Adds bytes between any two of which the line may be cut.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (IsCut)
        {
            return;
        }

        var start = Length;
        var copied = Math.Min(bytes.Length, Longest - Length);
        bytes[..copied].CopyTo(_bytes.AsSpan(Length));
        Length += copied;
        if (start <= Longest - CutMark.Length)
        {
            _lengthBeforeCut = Math.Min(Length, Longest - CutMark.Length);
        }

        _ = Fits(bytes.Length - copied);
    }

    /// <summary>Adds bytes that stay together: cut between them the line would not be valid UTF-8, or show half of an escape.</summary>
    public void AppendWhole(ReadOnlySpan<byte> bytes)
    {
        if (IsCut || !Fits(bytes.Length))
        {
            return;
        }

        bytes.CopyTo(_bytes.AsSpan(Length));
        Length += bytes.Length;
        if (Length <= Longest - CutMark.Length)
        {
            _lengthBeforeCut = Length;
        }
    }

    /// <summary>Adds each byte as `\xNN`.</summary>
    public void AppendEscaped(ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes)
        {
            AppendWhole([(byte)'\\', (byte)'x', Digit(value >> 4), Digit(value & 15)]);
        }
    }

    /// <summary>Hands the line over with its newline, and starts the next.</summary>
    public void MoveTo(IBufferWriter<byte> lines)
    {
        var target = lines.GetSpan(Length + 1);
        _bytes.AsSpan(0, Length).CopyTo(target);
        target[Length] = (byte)'\n';
        lines.Advance(Length + 1);
        Clear();
    }

    public void Clear()
    {
        Length = 0;
        _lengthBeforeCut = 0;
        IsCut = false;
    }

    private bool Fits(int more)
    {
        if (Length + more <= Longest)
        {
            return true;
        }

        CutMark.CopyTo(_bytes.AsSpan(_lengthBeforeCut));
        Length = _lengthBeforeCut + CutMark.Length;
        IsCut = true;
        return false;
    }

    private static byte Digit(int value) => (byte)"0123456789abcdef"[value];
}
