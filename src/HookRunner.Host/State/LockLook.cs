using HookRunner.Host.Os;

namespace HookRunner.Host.State;

/// <summary>Who has a lock now, asked without taking it.</summary>
internal static class LockLook
{
    /// <summary>Null where it is free, or nobody has ever had it.</summary>
    public static LockHolder? HolderOf(StateLayout layout, string link)
    {
        var path = Path.Join(layout.Locks, HostLock.FileNameOfLink(link));
        if (FileDescriptor.Open(path, OpenFlags.ReadOnly | OpenFlags.NoFollow, 0, out var file) is not null)
        {
            return null;
        }

        using (file)
        {
            // A shared lock would stand in the way of a run that starts at this very moment; /proc/locks does not.
            return FileStatus.OfDescriptor(file.Number, path, out var status) is null && IsLocked(status.Inode) ? Read(file) : null;
        }
    }

    private static LockHolder? Read(FileDescriptor file)
    {
        var buffer = new byte[4096];
        return file.ReadAt(buffer, 0, out var count) is null ? LockHolder.Read(buffer.AsMemory(0, count)) : null;
    }

    /// <summary>`1: FLOCK  ADVISORY  WRITE 4711 fd:00:1234 0 EOF` (proc(5)).</summary>
    private static bool IsLocked(ulong inode) =>
        System.Text.Encoding.ASCII.GetString(ProcFile.ReadAll("/proc/locks")).Split('\n')
            .Any(line => line.Contains(" FLOCK ", StringComparison.Ordinal) && line.Contains($":{inode} ", StringComparison.Ordinal));
}
