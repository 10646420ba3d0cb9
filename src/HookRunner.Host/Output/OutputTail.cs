using System.Buffers;
using System.Collections.Immutable;
using System.Text;

namespace HookRunner.Host.Output;

/// <summary>The last lines of a log, as they may be shown.</summary>
internal static class OutputTail
{
    private const int Window = 8192;

    /// <summary>
    /// The last whole lines between two offsets, at most 8 KiB of them, masked and sanitised. Blank lines are left out.
    /// </summary>
    public static ImmutableArray<string> Read(int descriptor, long start, long end, SecretMask mask)
    {
        var from = Math.Max(start, end - Window);
        var buffer = new byte[(int)Math.Max(0, end - from)];
        var read = LogFile.Read(descriptor, buffer, from);
        var bytes = buffer.AsSpan(0, read);
        if (from > start && bytes.IndexOf((byte)'\n') is var first and >= 0)
        {
            bytes = bytes[(first + 1)..];
        }

        var lines = new ArrayBufferWriter<byte>(Window);
        var sanitizer = new OutputSanitizer();
        sanitizer.Write(bytes, lines);
        sanitizer.Finish(lines);
        var text = mask.Apply(Encoding.UTF8.GetString(lines.WrittenSpan));
        return [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries)];
    }
}
