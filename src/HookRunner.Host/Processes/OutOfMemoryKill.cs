using System.Buffers.Text;
using System.Text;
using HookRunner.Host.Os;

namespace HookRunner.Host.Processes;

/// <summary>Looks in the kernel's log whether it ended a process because memory ran out: the status alone (137) does not tell.</summary>
internal static class OutOfMemoryKill
{
    private const int LargestRecord = 8192;

    // The log's clock and ours may differ a little.
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(1);

    private static ReadOnlySpan<byte> Sign => "Killed process "u8;

    /// <summary>`the kernel killed tail (pid 4711): out of memory`; null where it did not, or where we may not read its log.</summary>
    /// <param name="span">How far back to look.</param>
    public static unsafe string? Within(TimeSpan span)
    {
        var descriptor = Libc.Open("/dev/kmsg", OpenFlags.ReadOnly | OpenFlags.NonBlocking | OpenFlags.CloseOnExec, 0);
        if (descriptor < 0)
        {
            return null;
        }

        var since = TimeProvider.System.GetElapsedTime(0) - span - Slack;
        string? found = null;
        var record = stackalloc byte[LargestRecord];
        // Each read gives one record; EPIPE only says that older ones were overwritten meanwhile.
        for (nint length; (length = Libc.Read(descriptor, record, LargestRecord)) > 0 || IsOverwritten;)
        {
            found = Describe(new ReadOnlySpan<byte>(record, (int)Math.Max(0, length)), since) ?? found;
        }

        _ = Libc.Close(descriptor);
        return found;
    }

    private static bool IsOverwritten => System.Runtime.InteropServices.Marshal.GetLastPInvokeError() == Errno.EPIPE;

    // `3,873,4628176076,-;Memory cgroup out of memory: Killed process 23711 (tail) total-vm:...` (Documentation/ABI/testing/dev-kmsg)
    private static string? Describe(ReadOnlySpan<byte> record, TimeSpan since)
    {
        var place = record.IndexOf(Sign);
        if (place < 0 || Time(record) < since)
        {
            return null;
        }

        var process = record[(place + Sign.Length)..];
        var (open, close) = (process.IndexOf((byte)'('), process.IndexOf((byte)')'));
        return open > 0 && close > open
            ? $"the kernel killed {Encoding.UTF8.GetString(process[(open + 1)..close])} (pid {Encoding.ASCII.GetString(process[..open]).Trim()}): "
                + (record.IndexOf("Memory cgroup"u8) >= 0 ? "its memory limit was reached" : "the host is out of memory")
            : null;
    }

    private static TimeSpan Time(ReadOnlySpan<byte> record)
    {
        var field = 0;
        foreach (var range in record.Split((byte)','))
        {
            if (field++ == 2)
            {
                return Utf8Parser.TryParse(record[range], out long microseconds, out _) ? TimeSpan.FromMicroseconds(microseconds) : TimeSpan.Zero;
            }
        }

        return TimeSpan.Zero;
    }
}
