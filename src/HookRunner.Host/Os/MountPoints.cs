using System.Text;

namespace HookRunner.Host.Os;

/// <summary>Where something is mounted, as this process sees it (/proc/self/mountinfo, proc(5)).</summary>
internal static class MountPoints
{
    private const int PathField = 4;

    /// <summary>A mount point at a path or below it; null where there is none. The path must have no links in it.</summary>
    public static string? AtOrBelow(string path) => Find(point => point == path || IsBelow(point, path));

    public static string? Below(string path) => Find(point => IsBelow(point, path));

    private static bool IsBelow(string point, string path) => point.StartsWith(path.TrimEnd('/') + "/", StringComparison.Ordinal);

    private static string? Find(Func<string, bool> matches)
    {
        foreach (var line in Encoding.UTF8.GetString(ProcFile.ReadAll("/proc/self/mountinfo")).Split('\n'))
        {
            var fields = line.Split(' ');
            if (fields.Length > PathField && Unescaped(fields[PathField]) is var point && matches(point))
            {
                return point;
            }
        }

        return null;
    }

    /// <summary>Blanks, tabs, newlines and backslashes stand as three octal digits.</summary>
    private static string Unescaped(string field)
    {
        if (!field.Contains('\\', StringComparison.Ordinal))
        {
            return field;
        }

        var text = new StringBuilder();
        for (var i = 0; i < field.Length; i++)
        {
            if (field[i] == '\\' && i + 3 < field.Length)
            {
                text.Append((char)(((field[i + 1] - '0') << 6) | ((field[i + 2] - '0') << 3) | (field[i + 3] - '0')));
                i += 3;
                continue;
            }

            text.Append(field[i]);
        }

        return text.ToString();
    }
}
