using System.Globalization;
using HookRunner.Host.Os;

namespace HookRunner.Host.Releases;

/// <summary>What a link says now.</summary>
internal static class ReleaseLink
{
    /// <summary>Its text; a directory's or file's own path where it is no link; null where nothing is there.</summary>
    public static string? Held(string link)
    {
        var error = PosixPath.ReadLink(link, out var text);
        return error is null ? text : error.Number == Errno.EINVAL ? link : null;
    }

    /// <summary>Where it points to, absolute; null where it is missing or no link.</summary>
    public static string? Target(string link) => PosixPath.ReadLink(link, out var text) is null ? Absolute(link, text) : null;

    /// <summary>A link's text as a path: relative ones start beside the link.</summary>
    public static string? Absolute(string link, string? text) =>
        text is null ? null : Path.GetFullPath(text, Path.GetDirectoryName(link) ?? "/").TrimEnd('/') is { Length: > 0 } path ? path : "/";

    /// <summary>Where it leads in the end, all links followed; null where that is nowhere.</summary>
    public static string? Resolved(string link)
    {
        if (FileDescriptor.Open(link, OpenFlags.PathOnly, 0, out var file) is not null)
        {
            return null;
        }

        using (file)
        {
            return PosixPath.ReadLink($"/proc/self/fd/{file.Number.ToString(CultureInfo.InvariantCulture)}", out var path) is null ? path : null;
        }
    }

    /// <summary>The rest of a path below a directory, empty for the directory itself; null where it is not below it.</summary>
    public static string? Below(string directory, string path) =>
        path == directory ? ""
        : path.StartsWith(directory + "/", StringComparison.Ordinal) ? path[(directory.Length + 1)..]
        : null;
}
