using System.Globalization;
using HookRunner.Host.Os;

namespace HookRunner.Host.Releases;

/// <summary>What a link says now.</summary>
internal static class ReleaseLink
{
    /// <summary>
    /// Reads what it holds: its text; the path itself where a directory or file is there; null where nothing is. To take an
    /// error for nothing would lose the way back.
    /// </summary>
    public static PosixError? Read(string link, out string? held)
    {
        var error = PosixPath.ReadLink(link, out var text);
        held = error is null ? text : error.Number == Errno.EINVAL ? link : null;
        return error is null or { Number: Errno.EINVAL or Errno.ENOENT or Errno.ENOTDIR } ? null : error;
    }

    /// <summary>Where it points to, absolute; null where it is missing, no link, or cannot be read: to be shown, not to be acted on.</summary>
    public static string? Target(string link) => PosixPath.ReadLink(link, out var text) is null ? Absolute(link, text) : null;

    /// <summary>A link's text as a path: relative ones start beside the link.</summary>
    public static string? Absolute(string link, string? text) =>
        text is null ? null : Path.GetFullPath(text, Path.GetDirectoryName(link) ?? "/").TrimEnd('/') is { Length: > 0 } path ? path : "/";

    /// <summary>Finds where it leads in the end, all links followed; null where that is nowhere.</summary>
    public static PosixError? Resolve(string link, out string? path)
    {
        path = null;
        if (FileDescriptor.Open(link, OpenFlags.PathOnly, 0, out var file) is { } error)
        {
            return error.Number is Errno.ENOENT or Errno.ENOTDIR ? null : error;
        }

        using (file)
        {
            var unread = PosixPath.ReadLink($"/proc/self/fd/{file.Number.ToString(CultureInfo.InvariantCulture)}", out var real);
            path = unread is null ? real : null;
            return unread;
        }
    }

    /// <summary>The rest of a path below a directory, empty for the directory itself; null where it is not below it.</summary>
    public static string? Below(string directory, string path) =>
        path == directory ? ""
        : path.StartsWith(directory + "/", StringComparison.Ordinal) ? path[(directory.Length + 1)..]
        : null;
}
