using System.Runtime.InteropServices;

namespace HookRunner.Host.Os;

/// <summary>
/// A directory held open: what is done in it is done in this very directory, whoever renames things on the way to it.
/// No call here follows a link. EINTR is retried; failures are values that name the path.
/// </summary>
internal sealed partial class OpenDirectory : IDisposable
{
    private const int NoFollow = 0x100, RemoveDirectoryFlag = 0x200;

    private OpenDirectory(int descriptor, string path) => (Descriptor, Path) = (descriptor, path);

    public int Descriptor { get; }

    /// <summary>How it was reached, for messages.</summary>
    public string Path { get; }

    public static PosixError? Root(out OpenDirectory directory)
    {
        directory = new OpenDirectory(Libc.Open("/", OpenFlags.ReadOnly | OpenFlags.Directory | OpenFlags.CloseOnExec, 0), "/");
        return directory.Descriptor < 0 ? new PosixError("open /", Marshal.GetLastPInvokeError()) : null;
    }

    /// <summary>By its path, links followed: for places that nobody but the kernel and root can change, such as /proc.</summary>
    public static PosixError? OpenPath(string path, out OpenDirectory directory)
    {
        var error = FileDescriptor.OpenDirectory(path, out var file);
        directory = new OpenDirectory(file.Number, path);
        return error;
    }

    /// <summary>The path of an entry, for messages.</summary>
    public string At(FileName name) => Path == "/" ? $"/{name}" : $"{Path}/{name}";

    /// <summary>ELOOP or ENOTDIR: it is a link or no directory.</summary>
    public PosixError? Open(FileName name, out OpenDirectory directory) =>
        Open(name, OpenFlags.ReadOnly | OpenFlags.Directory, out directory);

    /// <summary>To walk through only (O_PATH): no right to read is needed.</summary>
    public PosixError? OpenToPass(FileName name, out OpenDirectory directory) =>
        Open(name, OpenFlags.PathOnly | OpenFlags.Directory, out directory);

    /// <summary>This same directory, to be read and flushed.</summary>
    public PosixError? OpenToRead(out OpenDirectory directory)
    {
        var error = OpenFile(FileName.Here, OpenFlags.ReadOnly | OpenFlags.Directory, 0, out var descriptor);
        directory = new OpenDirectory(descriptor, Path);
        return error is null ? null : error with { Call = $"open {Path}" };
    }

    public unsafe PosixError? OpenFile(FileName name, int flags, uint mode, out int descriptor)
    {
        var number = Call("open", name, start =>
            Libc.OpenAt(Descriptor, (byte*)start, flags | OpenFlags.NoFollow | OpenFlags.CloseOnExec, mode), out var error);
        descriptor = (int)number;
        return error;
    }

    /// <summary>Whether nothing is in it; a large directory is not read to its end for that.</summary>
    public PosixError? HasNothing(out bool isEmpty)
    {
        var error = List(out var names, enough: 1);
        isEmpty = names.Count == 0;
        return error;
    }

    /// <summary>The names in it, in no order, without `.` and `..`.</summary>
    public PosixError? List(out List<FileName> names) => List(out names, int.MaxValue);

    private PosixError? List(out List<FileName> names, int enough)
    {
        names = [];
        if (OpenToRead(out var listing) is { } error)
        {
            return error;
        }

        using (listing)
        {
            return DirectoryEntries.Read(listing, names, enough);
        }
    }

    public PosixError? StatusOf(FileName name, out FileStatus status) =>
        FileStatus.EntryOf(Descriptor, name.Terminated, out status) < 0 ? Error("stat", name) : null;

    public PosixError? Status(out FileStatus status) => FileStatus.OfDescriptor(Descriptor, Path, out status);

    public unsafe PosixError? MakeDirectory(FileName name, uint mode)
    {
        Call("mkdir", name, start => Libc.MakeDirectoryAt(Descriptor, (byte*)start, mode), out var error);
        return error;
    }

    public unsafe PosixError? Unlink(FileName name)
    {
        Call("unlink", name, start => Libc.UnlinkAt(Descriptor, (byte*)start, 0), out var error);
        return error;
    }

    public unsafe PosixError? RemoveDirectory(FileName name)
    {
        Call("rmdir", name, start => Libc.UnlinkAt(Descriptor, (byte*)start, RemoveDirectoryFlag), out var error);
        return error;
    }

    /// <summary>Of the entry itself, never of what a link points to.</summary>
    public unsafe PosixError? ChangeOwner(FileName name, uint user, uint group)
    {
        Call("chown", name, start => Libc.ChangeOwnerAt(Descriptor, (byte*)start, user, group, NoFollow), out var error);
        return error;
    }

    /// <summary>Puts one entry in the place of another, at one instant.</summary>
    public unsafe PosixError? Rename(FileName from, OpenDirectory directory, FileName to)
    {
        fixed (byte* name = to.Terminated)
        {
            var address = (nint)name;
            Call("rename", from, start => Libc.RenameAt(Descriptor, (byte*)start, directory.Descriptor, (byte*)address), out var error);
            return error is null ? null : error with { Call = $"rename {At(from)} to {directory.At(to)}" };
        }
    }

    /// <summary>Flushes the names in it: without that a rename may be undone by a power cut.</summary>
    public PosixError? Sync()
    {
        Call("fsync", FileName.Here, _ => Libc.Fsync(Descriptor), out var error);
        return error is null ? null : error with { Call = $"fsync {Path}" };
    }

    /// <summary>Flushes all of the file system that it is on.</summary>
    public PosixError? SyncFileSystem()
    {
        Call("syncfs", FileName.Here, _ => Libc.SyncFs(Descriptor), out var error);
        return error is null ? null : error with { Call = $"syncfs {Path}" };
    }

    public void Dispose()
    {
        if (Descriptor >= 0)
        {
            _ = Libc.Close(Descriptor);
        }
    }

    private PosixError? Open(FileName name, int flags, out OpenDirectory directory)
    {
        var error = OpenFile(name, flags, 0, out var descriptor);
        directory = new OpenDirectory(descriptor, At(name));
        return error;
    }

    private PosixError Error(string call, FileName name) => new($"{call} {At(name)}", Marshal.GetLastPInvokeError());

    private unsafe long Call(string call, FileName name, Func<nint, long> act, out PosixError? error)
    {
        long result;
        fixed (byte* start = name.Terminated)
        {
            do
            {
                result = act((nint)start);
            }
            while (result < 0 && Marshal.GetLastPInvokeError() == Errno.EINTR);
        }

        error = result < 0 ? Error(call, name) : null;
        return result;
    }
}
