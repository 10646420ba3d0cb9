using HookRunner.Host.Os;

namespace HookRunner.Host.State;

/// <summary>One lock: a file under flock, which the kernel frees with its process, with its holder written into it.</summary>
internal sealed class LockFile : IDisposable
{
    private readonly FileDescriptor _file;

    private LockFile(string what, FileDescriptor file) => (What, _file) = (what, file);

    /// <summary>`application Shop` or `link /opt/app`.</summary>
    public string What { get; }

    /// <summary>
    /// Opens the file, making it where it is missing. On a read-only or full disk a file that is there still locks;
    /// else one of the same name in /run does, as it will for everyone else.
    /// </summary>
    public static PosixError? Open(string path, string what, out LockFile file)
    {
        const int create = OpenFlags.ReadWrite | OpenFlags.Create;
        var error = FileDescriptor.Open(path, create | OpenFlags.NoFollow, StateLayout.FileMode, out var descriptor);
        if (error is { Number: Errno.EROFS })
        {
            error = FileDescriptor.Open(path, OpenFlags.ReadOnly | OpenFlags.NoFollow, 0, out descriptor) is null ? null : error;
        }

        if (error is { Number: Errno.EROFS or Errno.ENOSPC or Errno.EDQUOT or Errno.ENOENT })
        {
            const string spare = "/run/hookrunner";
            error = PosixPath.MakeDirectories(spare, StateLayout.DirectoryMode) is null
                ? FileDescriptor.Open(Path.Join(spare, Path.GetFileName(path)), create | OpenFlags.NoFollow, StateLayout.FileMode, out descriptor)
                : error;
        }

        file = new LockFile(what, descriptor);
        return error;
    }

    public PosixError? TryTake(out bool taken) => _file.TryLock(out taken);

    /// <summary>Who has it, or had it last; null where nothing readable stands there.</summary>
    public LockHolder? ReadHolder()
    {
        var buffer = new byte[4096];
        return _file.ReadAt(buffer, 0, out var count) is null ? LockHolder.Read(buffer.AsMemory(0, count)) : null;
    }

    /// <summary>Names the holder. It serves people and the rule of ownership, so that a failure is no reason not to run.</summary>
    public void Write(LockHolder holder)
    {
        if (_file.Rewind() is null && _file.Write(holder.ToBytes(), out var length) is null)
        {
            _file.Truncate(length);
        }
    }

    public void Dispose() => _file.Dispose();
}
