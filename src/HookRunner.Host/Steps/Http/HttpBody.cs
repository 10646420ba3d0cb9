using System.Buffers;
using System.Globalization;

namespace HookRunner.Host.Steps.Http;

/// <summary>Reads the body of an answer as its framing says (RFC 9112, section 6), up to a limit.</summary>
internal sealed class HttpBody(HttpInput input)
{
    /// <summary>What a health check needs to see of an answer; the rest is not read.</summary>
    public const int Limit = 1024 * 1024;

    private readonly ArrayBufferWriter<byte> _body = new();

    public ReadOnlySpan<byte> Bytes => _body.WrittenSpan;

    /// <summary>Null, or what was wrong with it.</summary>
    public string? Read(string? transferEncoding, string? contentLength)
    {
        if (transferEncoding is not null && transferEncoding.Trim().EndsWith("chunked", StringComparison.OrdinalIgnoreCase))
        {
            return Chunks();
        }

        if (contentLength is null)
        {
            Some(Limit);
            return null;
        }

        if (!long.TryParse(contentLength, NumberStyles.None, CultureInfo.InvariantCulture, out var length))
        {
            return $"`Content-Length: {contentLength}` is no number";
        }

        var got = Some((int)Math.Min(length, Limit));
        return got == Math.Min(length, Limit) ? null : $"the connection ended after {got} of {length} bytes of the body";
    }

    private string? Chunks()
    {
        while (_body.WrittenCount < Limit)
        {
            var line = input.Line();
            if (line is null || Size(line) is not { } size)
            {
                return line is null ? "the connection ended within the body" : $"`{line}` is no size of a chunk";
            }

            if (size == 0)
            {
                return null;
            }

            var wanted = Math.Min(size, Limit - _body.WrittenCount);
            if (Some(wanted) < wanted)
            {
                return "the connection ended within the body";
            }

            if (wanted == size && input.Line() is not "")
            {
                return "a chunk is longer than it says";
            }
        }

        return null;
    }

    private static int? Size(string line) =>
        int.TryParse(line.Split(';')[0].Trim(), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var size) && size >= 0
            ? size
            : null;

    private int Some(int most)
    {
        var buffer = new byte[Math.Min(most, 16 * 1024)];
        var total = 0;
        while (total < most)
        {
            var count = input.Read(buffer.AsSpan(0, Math.Min(buffer.Length, most - total)));
            if (count == 0)
            {
                break;
            }

            _body.Write(buffer.AsSpan(0, count));
            total += count;
        }

        return total;
    }
}
