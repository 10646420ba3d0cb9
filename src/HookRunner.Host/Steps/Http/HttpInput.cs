using System.Text;

namespace HookRunner.Host.Steps.Http;

/// <summary>Reads an answer from a stream, line by line and then in blocks.</summary>
internal sealed class HttpInput(Stream stream, CancellationToken stop)
{
    private const int LongestLine = 16 * 1024;

    private readonly byte[] _buffer = new byte[LongestLine];
    private int _start, _end;

    /// <summary>One line without its line end; null where the stream ended before it, or where it is too long.</summary>
    public async Task<string?> Line()
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

            if (!await Fill())
            {
                return null;
            }
        }
    }

    /// <summary>Up to as many bytes as fit; 0 at the end of the stream.</summary>
    public async Task<int> Read(Memory<byte> target)
    {
        if (_start == _end)
        {
            return await stream.ReadAsync(target, stop);
        }

        var count = Math.Min(target.Length, _end - _start);
        _buffer.AsMemory(_start, count).CopyTo(target);
        _start += count;
        return count;
    }

    /// <summary>What came first where it was no HTTP.</summary>
    public string Garbage() => Encoding.ASCII.GetString(_buffer, _start, Math.Min(_end - _start, 40));

    private async Task<bool> Fill()
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

        var count = await stream.ReadAsync(_buffer.AsMemory(_end), stop);
        _end += count;
        return count > 0;
    }
}
