using System.Text;
using HookRunner.Host.Os;

namespace HookRunner.Host.State;

/// <summary>This start of the machine: what a monotonic clock's value means holds within one only.</summary>
internal static class Boot
{
    /// <summary>/proc/sys/kernel/random/boot_id; empty where it cannot be read, which then equals no other.</summary>
    public static string Id { get; } = ReadId();

    /// <summary>Milliseconds on the monotonic clock, the same for all processes of one boot.</summary>
    public static long Now => Environment.TickCount64;

    private static string ReadId()
    {
        if (FileDescriptor.Open("/proc/sys/kernel/random/boot_id", OpenFlags.ReadOnly, 0, out var file) is not null)
        {
            return "";
        }

        using (file)
        {
            Span<byte> buffer = stackalloc byte[64];
            return file.ReadAt(buffer, 0, out var count) is null ? Encoding.ASCII.GetString(buffer[..count]).Trim() : "";
        }
    }
}
