using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace HookRunner.SystemTests.Support;

/// <summary>What /proc says of processes that a test cares for.</summary>
internal static class ProcessTable
{
    /// <summary>Exists and is no zombie.</summary>
    public static bool IsAlive(int pid) => State(pid) is not (null or 'Z' or 'X');

    /// <summary>Those alive whose environment, as it was when they started, has this variable.</summary>
    public static ImmutableArray<int> With(string variable, string value)
    {
        var entry = Encoding.UTF8.GetBytes($"\0{variable}={value}\0");
        return [.. All().Where(pid => IsAlive(pid) && Environment(pid).AsSpan().IndexOf(entry) >= 0)];
    }

    /// <summary>Those alive in a process group.</summary>
    public static ImmutableArray<int> InGroup(int group) =>
        [.. All().Where(pid => IsAlive(pid) && Fields(pid) is { Length: > 2 } fields && fields[2] == $"{group}")];

    private static IEnumerable<int> All() => Directory.EnumerateDirectories("/proc")
        .Select(path => int.TryParse(Path.GetFileName(path), NumberStyles.None, CultureInfo.InvariantCulture, out var pid) ? pid : 0)
        .Where(pid => pid > 0);

    private static char? State(int pid) => Fields(pid) is [[var state, ..], ..] ? state : null;

    /// <summary>/proc/PID/stat from its third field on: state, parent, group, session.</summary>
    private static string[] Fields(int pid)
    {
        var text = Encoding.UTF8.GetString(Bytes(pid, "stat"));
        var end = text.LastIndexOf(')');
        return end < 0 ? [] : text[(end + 2)..].Split(' ');
    }

    private static byte[] Environment(int pid) => [0, .. Bytes(pid, "environ")];

    private static byte[] Bytes(int pid, string file)
    {
        try
        {
            return File.ReadAllBytes($"/proc/{pid}/{file}");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
