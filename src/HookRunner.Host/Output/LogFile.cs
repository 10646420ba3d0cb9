using HookRunner.Host.Os;

namespace HookRunner.Host.Output;

/// <summary>A log that other processes append to (and may empty), read by offset: its own position is theirs too.</summary>
internal static class LogFile
{
    /// <summary>As many bytes as are there, up to the buffer's length.</summary>
    public static unsafe int Read(int descriptor, Span<byte> buffer, long offset)
    {
        var total = 0;
        while (total < buffer.Length)
        {
            nint read;
            fixed (byte* start = buffer[total..])
            {
                read = Libc.ReadAt(descriptor, start, buffer.Length - total, offset + total);
            }

            if (read <= 0)
            {
                break;
            }

            total += (int)read;
        }

        return total;
    }

    public static long Length(int descriptor) =>
        FileStatus.OfDescriptor(descriptor, "the log", out var status) is null ? status.Size : 0;
}
