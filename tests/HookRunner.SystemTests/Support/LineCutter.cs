using System.Buffers;

namespace HookRunner.SystemTests.Support;

/// <summary>Cuts a stream into lines as an agent's reading thread does.</summary>
/// <param name="longest">Bytes after which a line is cut although it goes on.</param>
/// <param name="take">Takes a line without its newline, and whether it had one; returns why reading ends, or null.</param>
internal sealed class LineCutter(int longest, Func<byte[], bool, string?> take)
{
    private readonly ArrayBufferWriter<byte> _held = new();

    /// <summary>Takes the next bytes; none at all mean that the stream has ended.</summary>
    public string? Read(ReadOnlyMemory<byte> chunk)
    {
        if (chunk.IsEmpty)
        {
            return _held.WrittenCount > 0 ? Flush(terminated: false) : null;
        }

        var rest = chunk.Span;
        while (!rest.IsEmpty)
        {
            var room = rest[..(int)Math.Min(rest.Length, longest - _held.WrittenCount)];
            var end = room.IndexOf((byte)'\n');
            var part = end < 0 ? room : room[..end];
            _held.Write(part);
            rest = rest[(end < 0 ? part.Length : end + 1)..];
            if ((end >= 0 || _held.WrittenCount == longest) && Flush(end >= 0) is { } failure)
            {
                return failure;
            }
        }

        return null;
    }

    private string? Flush(bool terminated)
    {
        var line = _held.WrittenSpan.ToArray();
        _held.ResetWrittenCount();
        return take(line, terminated);
    }
}
