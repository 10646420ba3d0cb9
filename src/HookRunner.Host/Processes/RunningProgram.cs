using System.Globalization;
using System.Text;
using HookRunner.Host.Os;

namespace HookRunner.Host.Processes;

/// <summary>Which program a process runs: the file that was executed, or the script that its interpreter was given.</summary>
internal static class RunningProgram
{
    private const int LongestCommandLine = 8192;

    private static readonly string[] Interpreters =
        ["ash", "bash", "bun", "busybox", "dash", "deno", "dotnet", "java", "ksh", "node", "nodejs", "perl", "php", "python", "ruby", "sh", "zsh"];

    private static readonly char[] VersionMarks = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '.', '-'];

    /// <summary>A name such as `python3.11` that says nothing of what runs: many programs of a host have it.</summary>
    public static bool IsInterpreter(string name) => Interpreters.Contains(name.TrimEnd(VersionMarks));

    /// <summary>Living processes of this pid namespace whose program is this file, by whatever path and links it was started.</summary>
    public static List<ProcessStat> At(string path) => Living(id => IsAt(id, path));

    /// <summary>Living processes of this pid namespace whose program has this file name.</summary>
    public static List<ProcessStat> Named(string name) => Living(id => IsNamed(id, name));

    /// <summary>A container's process is visible to the host, but is not the host's. Where we may not look, it counts as ours.</summary>
    public static bool IsOfOurNamespace(int id) =>
        FileStatus.Followed("/proc/self/ns/pid", out var own) is not null
        || FileStatus.Followed($"{Folder(id)}/ns/pid", out var other) is not null
        || own.IsSameFileAs(other);

    private static List<ProcessStat> Living(Func<int, bool> isWanted) => [.. ProcessTree.All()
        .Where(id => isWanted(id) && IsOfOurNamespace(id))
        .Select(ProcessStat.Read)
        .OfType<ProcessStat>()
        .Where(process => process.IsAlive)];

    private static bool IsAt(int id, string path)
    {
        const string deleted = " (deleted)";
        var executed = Link(id, "exe");
        var withoutMark = executed.EndsWith(deleted, StringComparison.Ordinal) ? executed[..^deleted.Length] : executed;
        return withoutMark.Length > 0
            && (withoutMark == path || IsSame($"{Folder(id)}/exe", path) || (ScriptOf(id, withoutMark) is { } script && (script == path || IsSame(script, path))));
    }

    /// <summary>By the name the kernel keeps (cut to 15 bytes), or by the file name of its first word.</summary>
    private static bool IsNamed(int id, string name)
    {
        Span<byte> buffer = stackalloc byte[64];
        return Encoding.UTF8.GetString(ProcFile.Read($"{Folder(id)}/comm", buffer)).TrimEnd('\n') == name
            || (CommandLine(id) is [var first, ..] && Path.GetFileName(first) == name);
    }

    /// <summary>The first word behind an interpreter that is no option (behind `-jar`, for java); null where it runs none.</summary>
    private static string? ScriptOf(int id, string executed)
    {
        if (!IsInterpreter(Path.GetFileName(executed)))
        {
            return null;
        }

        // Empty while the process becomes another program.
        var words = CommandLine(id);
        var index = words.Length == 0 ? -1
            : Array.IndexOf(words, "-jar") is var jar and > 0 ? jar + 1
            : Array.FindIndex(words, 1, word => !word.StartsWith('-'));
        return index < 0 || index == words.Length ? null : Path.Join(words[index].StartsWith('/') ? "" : Link(id, "cwd"), words[index]);
    }

    private static string[] CommandLine(int id)
    {
        Span<byte> buffer = stackalloc byte[LongestCommandLine];
        var line = Encoding.UTF8.GetString(ProcFile.Read($"{Folder(id)}/cmdline", buffer));
        return line.Length == 0 ? [] : line.TrimEnd('\0').Split('\0');
    }

    private static bool IsSame(string one, string other) =>
        FileStatus.Followed(one, out var first) is null && FileStatus.Followed(other, out var second) is null && first.IsSameFileAs(second);

    private static string Link(int id, string name) => PosixPath.ReadLink($"{Folder(id)}/{name}", out var target) is null ? target : "";

    private static string Folder(int id) => string.Create(CultureInfo.InvariantCulture, $"/proc/{id}");
}
