using System.Text;
using HookRunner.Host.Os;

namespace HookRunner.Host.Steps.Http;

/// <summary>Reads an answer, line by line and then in blocks.</summary>
internal sealed class HttpInput(HttpSource source)
{
    private const int LongestLine = 16 * 1024;

    private readonly byte[] _buffer = new byte[LongestLine];
    private int _start, _end;

    /// <summary>What ended the reading before its time; null where the other side ended it, or nothing did.</summary>
    public PosixError? Problem { get; private set; }

    /// <summary>One line without its line end; null where the stream ended before it, or where it is too long.</summary>
    public string? Line()
    {
        while (true)
        {
            var length = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
            if (length >= 0)
            {
                var line = Encoding.UTF8.GetString(_buffer, _start, length).TrimEnd('\r');
                _start += length + 1;
                return line;
            }

            if (!Fill())
            {
                return null;
            }
        }
    }

    /// <summary>Up to as many bytes as fit; 0 at the end of the stream.</summary>
    public int Read(Span<byte> target)
    {
        if (_start == _end)
        {
            Problem = source(target, out var got);
            return Problem is null ? got : 0;
        }

        var count = Math.Min(target.Length, _end - _start);
        _buffer.AsSpan(_start, count).CopyTo(target);
        _start += count;
        return count;
    }

    /// <summary>What came first where it was no HTTP.</summary>
    public string Garbage() => Encoding.ASCII.GetString(_buffer, _start, Math.Min(_end - _start, 40));

    private bool Fill()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _buffer.Length)
        {
            return false;
        }

        Problem = source(_buffer.AsSpan(_end), out var count);
        _end += Problem is null ? count : 0;
        return Problem is null && count > 0;
    }
}
