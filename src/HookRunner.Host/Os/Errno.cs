using System.Globalization;

namespace HookRunner.Host.Os;

/// <summary>Error numbers of Linux that are looked at by name (asm-generic/errno.h; the same on x64 and arm64).</summary>
internal static class Errno
{
    public const int EPERM = 1, ENOENT = 2, ESRCH = 3, EINTR = 4, EIO = 5, E2BIG = 7, ENOEXEC = 8, ECHILD = 10, EAGAIN = 11,
        ENOMEM = 12, EACCES = 13, EBUSY = 16, EEXIST = 17, EXDEV = 18, ENOTDIR = 20, EISDIR = 21, EINVAL = 22, EMFILE = 24,
        ETXTBSY = 26, ENOSPC = 28, EROFS = 30, EPIPE = 32, ENAMETOOLONG = 36, ENOSYS = 38, ENOTEMPTY = 39, ELOOP = 40,
        EOPNOTSUPP = 95, EAFNOSUPPORT = 97, EADDRINUSE = 98, ENETUNREACH = 101, ECONNRESET = 104, ETIMEDOUT = 110,
        ECONNREFUSED = 111, EHOSTUNREACH = 113, EINPROGRESS = 115, EDQUOT = 122, ECANCELED = 125;

    private static readonly Dictionary<int, (string Name, string Meaning)> Known = new()
    {
        [EPERM] = ("EPERM", "operation not permitted"),
        [ENOENT] = ("ENOENT", "no such file or directory"),
        [ESRCH] = ("ESRCH", "no such process"),
        [EINTR] = ("EINTR", "interrupted"),
        [EIO] = ("EIO", "input/output error"),
        [E2BIG] = ("E2BIG", "arguments and environment are too long"),
        [ENOEXEC] = ("ENOEXEC", "not a program this machine can run"),
        [ECHILD] = ("ECHILD", "no child process"),
        [EAGAIN] = ("EAGAIN", "resource temporarily unavailable"),
        [ENOMEM] = ("ENOMEM", "out of memory"),
        [EACCES] = ("EACCES", "permission denied"),
        [EBUSY] = ("EBUSY", "device or resource busy"),
        [EEXIST] = ("EEXIST", "file exists"),
        [EXDEV] = ("EXDEV", "across file systems"),
        [ENOTDIR] = ("ENOTDIR", "not a directory"),
        [EISDIR] = ("EISDIR", "is a directory"),
        [EINVAL] = ("EINVAL", "invalid argument"),
        [EMFILE] = ("EMFILE", "too many open files"),
        [ETXTBSY] = ("ETXTBSY", "file is open for writing"),
        [ENOSPC] = ("ENOSPC", "no space left on device"),
        [EROFS] = ("EROFS", "read-only file system"),
        [EPIPE] = ("EPIPE", "broken pipe"),
        [ENAMETOOLONG] = ("ENAMETOOLONG", "file name too long"),
        [ENOSYS] = ("ENOSYS", "not known to this kernel"),
        [ENOTEMPTY] = ("ENOTEMPTY", "directory not empty"),
        [ELOOP] = ("ELOOP", "too many symbolic links"),
        [EOPNOTSUPP] = ("EOPNOTSUPP", "not supported here"),
        [EADDRINUSE] = ("EADDRINUSE", "address already in use"),
        [EAFNOSUPPORT] = ("EAFNOSUPPORT", "kind of address not supported"),
        [ENETUNREACH] = ("ENETUNREACH", "network is unreachable"),
        [ECONNRESET] = ("ECONNRESET", "connection reset"),
        [ETIMEDOUT] = ("ETIMEDOUT", "no answer in time"),
        [EHOSTUNREACH] = ("EHOSTUNREACH", "no way to the host"),
        [ECANCELED] = ("ECANCELED", "told to stop"),
        [ECONNREFUSED] = ("ECONNREFUSED", "connection refused"),
        [EDQUOT] = ("EDQUOT", "disk quota exceeded"),
    };

    /// <summary>`ENOENT (no such file or directory)`, or `errno 71` where we have no words.</summary>
    public static string Describe(int number) => Known.TryGetValue(number, out var known)
        ? $"{known.Name} ({known.Meaning})"
        : $"errno {number.ToString(CultureInfo.InvariantCulture)}";
}
