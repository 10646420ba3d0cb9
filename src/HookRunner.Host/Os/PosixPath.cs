using System.Runtime.InteropServices;
using System.Text;

namespace HookRunner.Host.Os;

/// <summary>Acts on paths, each one system call, EINTR retried, its failure a value. None of them flushes anything.</summary>
internal static class PosixPath
{
    public static PosixError? Rename(string from, string to) =>
        Retried(() => Libc.Rename(from, to), () => $"rename {from} to {to}");

    /// <summary>Puts each in the other's place at one instant (Linux 3.15; EINVAL where the file system cannot).</summary>
    public static unsafe PosixError? Exchange(string one, string other) => RenameWith(2, one, other, "exchange");

    public static PosixError? Unlink(string path) => Retried(() => Libc.Unlink(path), () => $"unlink {path}");

    public static PosixError? Symlink(string target, string path) =>
        Retried(() => Libc.Symlink(target, path), () => $"symlink {path} to {target}");

    public static PosixError? MakeDirectory(string path, uint mode) =>
        Retried(() => Libc.MakeDirectory(path, mode), () => $"mkdir {path}");

    public static PosixError? ChangeMode(string path, uint mode) => Retried(() => Libc.ChangeMode(path, mode), () => $"chmod {path}");

    /// <summary>Of the entry itself, never of what a link points to.</summary>
    public static PosixError? ChangeOwner(string path, uint user, uint group) =>
        Retried(() => Libc.ChangeOwner(path, user, group), () => $"chown {path}");

    /// <summary>Makes what is missing of a directory's path.</summary>
    public static PosixError? MakeDirectories(string path, uint mode)
    {
        if (MakeDirectory(path, mode) is not { } error || error.Number == Errno.EEXIST)
        {
            return null;
        }

        if (error.Number != Errno.ENOENT || Path.GetDirectoryName(path) is not { Length: > 1 } parent)
        {
            return error;
        }

        return MakeDirectories(parent, mode) ?? (MakeDirectory(path, mode) is { Number: not Errno.EEXIST } again ? again : null);
    }

    /// <summary>The text of a link; EINVAL: it is there and no link.</summary>
    public static unsafe PosixError? ReadLink(string path, out string target)
    {
        const int longest = 4096;
        var buffer = stackalloc byte[longest];
        nint length;
        do
        {
            length = Libc.ReadLink(path, buffer, longest);
        }
        while (length < 0 && Interrupted);

        target = length < 0 ? "" : Encoding.UTF8.GetString(buffer, (int)length);
        return length < 0 ? new PosixError($"readlink {path}", Marshal.GetLastPInvokeError()) : null;
    }

    /// <summary>Flushes the names in a directory: without it a rename may be undone by a power cut.</summary>
    public static PosixError? SyncDirectory(string path)
    {
        if (FileDescriptor.OpenDirectory(path, out var directory) is { } error)
        {
            return error;
        }

        using (directory)
        {
            return directory.Sync();
        }
    }

    private static bool Interrupted => Marshal.GetLastPInvokeError() == Errno.EINTR;

    private static unsafe PosixError? RenameWith(uint flags, string from, string to, string verb)
    {
        const long currentDirectory = -100;
        fixed (byte* old = Encoding.UTF8.GetBytes(from + "\0"), @new = Encoding.UTF8.GetBytes(to + "\0"))
        {
            var (first, second) = ((nint)old, (nint)@new);
            return Retried(
                () => Libc.SystemCall(SystemCallNumber.RenameAt2, currentDirectory, first, currentDirectory, second, flags),
                () => $"{verb} {from} and {to}");
        }
    }

    private static PosixError? Retried(Func<long> call, Func<string> what)
    {
        long result;
        do
        {
            result = call();
        }
        while (result < 0 && Interrupted);

        return result < 0 ? new PosixError(what(), Marshal.GetLastPInvokeError()) : null;
    }
}
