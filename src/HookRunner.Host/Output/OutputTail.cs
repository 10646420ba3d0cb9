using System.Buffers;
using System.Collections.Immutable;
using System.Text;

namespace HookRunner.Host.Output;

/// <summary>The last lines of a log, as they may be shown.</summary>
internal static class OutputTail
{
    /// <summary>The last whole lines between two offsets, at most so many bytes of them, masked and sanitised. Blank ones are left out.</summary>
    public static ImmutableArray<string> Read(int descriptor, (long Start, long End) range, SecretMask mask, int atMost = 8192)
    {
        var start = Math.Max(range.Start, range.End - atMost);
        // A secret that begins before the window would not be recognised in it: so much more is read, and dropped again.
        var lead = (int)Math.Min(mask.Longest, start - range.Start);
        var buffer = new byte[Math.Max(0, (int)(range.End - start + lead))];
        var read = LogFile.Read(descriptor, buffer, start - lead);
        var bytes = mask.Apply(buffer.AsSpan(0, read));
        bytes = bytes[Math.Min(lead, bytes.Length)..];
        if (start > range.Start && bytes.IndexOf((byte)'\n') is var first and >= 0)
        {
            bytes = bytes[(first + 1)..];
        }

        var lines = new ArrayBufferWriter<byte>(Math.Max(1, bytes.Length));
        var sanitizer = new OutputSanitizer();
        sanitizer.Write(bytes, lines);
        sanitizer.Finish(lines);
        return [.. Encoding.UTF8.GetString(lines.WrittenSpan).Split('\n', StringSplitOptions.RemoveEmptyEntries)];
    }
}
