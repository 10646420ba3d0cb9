using System.Collections.Immutable;
using System.Text;

namespace HookRunner.Simulation.Sandboxing;

/// <summary>A place where a file system is mounted (proc_pid_mountinfo(5)).</summary>
internal sealed record MountPoint(string Path, string Type)
{
    /// <summary>File systems that hold the kernel's state and no files of the machine.</summary>
    private static readonly HashSet<string> OfTheKernel =
    [
        "autofs", "binfmt_misc", "bpf", "cgroup", "cgroup2", "configfs", "debugfs", "devpts", "devtmpfs", "efivarfs", "fusectl",
        "hugetlbfs", "mqueue", "nsfs", "proc", "pstore", "rpc_pipefs", "securityfs", "selinuxfs", "sysfs", "tracefs",
    ];

    public bool HoldsFiles => !OfTheKernel.Contains(Type);

    public bool IsWithin(string directory) =>
        Path == directory || Path.StartsWith(directory == "/" ? "/" : directory + "/", StringComparison.Ordinal);

    /// <summary>All that this process sees, each path once, parents before what lies in them.</summary>
    public static ImmutableArray<MountPoint> ReadAll() => Parse(File.ReadAllText("/proc/self/mountinfo"));

    public static ImmutableArray<MountPoint> Parse(string text) =>
    [
        .. text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(Read)
            .GroupBy(mount => mount.Path, StringComparer.Ordinal)
            .Select(same => same.Last())
            .OrderBy(mount => mount.Path, StringComparer.Ordinal),
    ];

    private static MountPoint Read(string line)
    {
        var halves = line.Split(" - ", 2);
        return new MountPoint(Unescape(halves[0].Split(' ')[4]), halves[1].Split(' ')[0]);
    }

    /// <summary>Blanks, tabs, newlines and backslashes are written as three octal digits.</summary>
    private static string Unescape(string text)
    {
        var bytes = new List<byte>(text.Length);
        for (var rest = Encoding.UTF8.GetBytes(text).AsSpan(); !rest.IsEmpty;)
        {
            var isEscape = rest.Length > 3 && rest[0] == '\\';
            bytes.Add(isEscape ? (byte)(((rest[1] - '0') << 6) | ((rest[2] - '0') << 3) | (rest[3] - '0')) : rest[0]);
            rest = rest[(isEscape ? 4 : 1)..];
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }
}
