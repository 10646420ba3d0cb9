using System.Runtime.InteropServices;

namespace HookRunner.Host.Os;

/// <summary>Mounts in a mount namespace of one's own; each act is a call whose failure is a value.</summary>
internal static class Mounts
{
    private const nuint ReadOnly = 1, NoSetId = 2, NoDevices = 4, NoExecution = 8, Remount = 32, BindTo = 4096, Recursive = 16384;
    private const int Detach = 2;

    /// <summary>A new file system without a device: tmpfs, proc, sysfs, devpts.</summary>
    public static PosixError? New(string type, string path, string? options = null) =>
        Call(type, path, type, NoSetId | (type is "devpts" ? 0 : NoDevices) | (type is "tmpfs" ? 0 : NoExecution), options);

    /// <summary>An overlay of what the working directory holds; changes go to <paramref name="upper"/>.</summary>
    /// <param name="options">More options, each with its comma before it.</param>
    public static PosixError? Overlay(string path, string upper, string work, string options) =>
        Call("overlay", path, "overlay", 0, $"lowerdir=.,upperdir={upper},workdir={work}{options}");

    public static PosixError? Bind(string source, string path) => Call(source, path, null, BindTo, null);

    public static PosixError? BindTree(string source, string path) => Call(source, path, null, BindTo | Recursive, null);

    /// <summary>
    /// Makes a mount of one's own read-only. In a user namespace flags of the original may only be added to, so the second
    /// try has them all.
    /// </summary>
    public static PosixError? MakeReadOnly(string path) =>
        Call(path, path, null, Remount | BindTo | ReadOnly | NoSetId | NoDevices, null) is null
            ? null
            : Call(path, path, null, Remount | BindTo | ReadOnly | NoSetId | NoDevices | NoExecution, null);

    public static PosixError? Unmount(string path) =>
        Libc.Unmount(path, Detach) == 0 ? null : new PosixError($"umount {path}", Marshal.GetLastPInvokeError());

    /// <summary>Makes a mount the root of this mount namespace and lets go of the old one (pivot_root(2), notes).</summary>
    public static unsafe PosixError? MoveRootTo(string path)
    {
        fixed (byte* here = ".\0"u8)
        {
            if (EnterDirectory(path) is { } error)
            {
                return error;
            }

            return Libc.SystemCall(SystemCallNumber.PivotRoot, (nint)here, (nint)here, 0, 0, 0) == 0
                ? Unmount(".") ?? EnterDirectory("/")
                : new PosixError($"pivot_root {path}", Marshal.GetLastPInvokeError());
        }
    }

    public static PosixError? EnterDirectory(string path) =>
        Libc.ChangeDirectory(path) == 0 ? null : new PosixError($"chdir {path}", Marshal.GetLastPInvokeError());

    private static PosixError? Call(string source, string path, string? type, nuint flags, string? options) =>
        Libc.Mount(source, path, type, flags, options) == 0
            ? null
            : new PosixError($"mount {type ?? source} on {path}", Marshal.GetLastPInvokeError());
}
