using System.Text;
using HookRunner.Host.Os;

namespace HookRunner.Host.Releases;

/// <summary>
/// Releases that a process of another mount namespace has mounted, as a container does with a volume: its paths tell nothing
/// of ours, but its mount table names the directory inside the file system (proc(5), mountinfo).
/// </summary>
internal sealed class MountedReleases
{
    private const int Device = 2, Root = 3, MountPoint = 4;

    private readonly string _ownNamespace = Namespace("/proc/self");
    private readonly HashSet<string> _looked = [];
    private readonly string _device = "";
    private readonly string _inside = "";

    public MountedReleases(string releases)
    {
        var longest = -1;
        foreach (var fields in Mounts("/proc/self"))
        {
            var point = fields[MountPoint].TrimEnd('/');
            if (point.Length > longest && (releases + "/").StartsWith(point + "/", StringComparison.Ordinal))
            {
                longest = point.Length;
                (_device, _inside) = (fields[Device], fields[Root].TrimEnd('/') + releases[point.Length..] + "/");
            }
        }
    }

    /// <summary>Their names. Each mount namespace is looked at once: one of its processes stands for all.</summary>
    public IEnumerable<string> In(string process)
    {
        var space = Namespace(process);
        if (space.Length == 0 || space == _ownNamespace || !_looked.Add(space))
        {
            return [];
        }

        return Mounts(process)
            .Where(fields => fields[Device] == _device && fields[Root].StartsWith(_inside, StringComparison.Ordinal))
            .Select(fields => fields[Root][_inside.Length..].Split('/')[0]);
    }

    private static IEnumerable<string[]> Mounts(string process) =>
        Encoding.UTF8.GetString(ProcFile.ReadAll($"{process}/mountinfo"))
            .Split('\n')
            .Select(line => line.Split(' '))
            .Where(fields => fields.Length > MountPoint);

    private static string Namespace(string process) => PosixPath.ReadLink($"{process}/ns/mnt", out var target) is null ? target : "";
}
