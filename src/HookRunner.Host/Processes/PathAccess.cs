using System.Globalization;
using HookRunner.Host.Os;

namespace HookRunner.Host.Processes;

/// <summary>What a user may do with a path, judged by owners and modes: for explaining a refusal, not for granting anything.</summary>
internal static class PathAccess
{
    private const uint Execute = 1;

    /// <summary>The first folder above or at <paramref name="path"/> that the user may not enter, described; null where all are open.</summary>
    public static string? FirstClosedFolder(string path, UserAccount user)
    {
        var groups = Users.GroupsOf(user);
        for (var end = 1; end > 0 && end <= path.Length; end = end < path.Length ? NextEnd(path, end) : 0)
        {
            var folder = path[..end];
            if (FileStatus.Followed(folder, out var status) is null && status.IsDirectory && !MayExecute(status, user, groups))
            {
                return Describe(folder, status);
            }
        }

        return null;
    }

    public static bool MayExecute(FileStatus status, UserAccount user) => MayExecute(status, user, Users.GroupsOf(user));

    /// <summary>`/root` (mode 0700, owner root).</summary>
    public static string Describe(string path, FileStatus status)
    {
        var owner = Users.FindById(status.User)?.Name ?? status.User.ToString(CultureInfo.InvariantCulture);
        return $"`{path}` (mode {Convert.ToString(status.Permissions, 8).PadLeft(4, '0')}, owner {owner})";
    }

    /// <summary>The mount point above <paramref name="path"/> whose files may not be executed (`noexec`); null for none.</summary>
    public static string? MountWithoutExecution(string path)
    {
        var best = ("/", "");
        foreach (var line in System.Text.Encoding.UTF8.GetString(ProcFile.ReadAll("/proc/self/mountinfo")).Split('\n'))
        {
            // proc(5): id parent device root mount-point options ...
            if (line.Split(' ') is [_, _, _, _, var point, var options, ..]
                && (path.StartsWith(point + "/", StringComparison.Ordinal) || point == "/")
                && point.Length >= best.Item1.Length)
            {
                best = (point, options);
            }
        }

        return best.Item2.Split(',').Contains("noexec") ? best.Item1 : null;
    }

    private static int NextEnd(string path, int end) => path.IndexOf('/', end + 1) is var slash and >= 0 ? slash : path.Length;

    private static bool MayExecute(FileStatus status, UserAccount user, IReadOnlyList<uint> groups)
    {
        if (user.Id == 0)
        {
            return status.IsDirectory || (status.Permissions & 0x49) != 0;
        }

        var shift = status.User == user.Id ? 6 : groups.Contains(status.Group) ? 3 : 0;
        return ((status.Permissions >> shift) & Execute) != 0;
    }
}
