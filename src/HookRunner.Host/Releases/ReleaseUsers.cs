using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using HookRunner.Host.Os;

namespace HookRunner.Host.Releases;

/// <summary>
/// Looks which processes live in releases: by working directory, root, executable, open files, mappings, and mounts of
/// other mount namespaces (containers). Processes that we may not look into are passed over.
/// </summary>
internal sealed class ReleaseUsers
{
    private readonly string _prefix;
    private readonly byte[] _prefixBytes;
    private readonly MountedReleases _mounted;
    private readonly ImmutableArray<ReleaseUser>.Builder _found = ImmutableArray.CreateBuilder<ReleaseUser>();

    private ReleaseUsers(string releases)
    {
        _prefix = releases.TrimEnd('/') + "/";
        _prefixBytes = Encoding.UTF8.GetBytes(_prefix);
        _mounted = new MountedReleases(releases);
    }

    /// <param name="releases">The directory of all releases, without links in its path.</param>
    public static ImmutableArray<ReleaseUser> Of(string releases)
    {
        var search = new ReleaseUsers(releases);
        if (OpenDirectory.OpenPath("/proc", out var proc) is not null)
        {
            return [];
        }

        using (proc)
        {
            var own = Libc.ProcessId();
            foreach (var name in proc.List(out var names) is null ? names : [])
            {
                if (int.TryParse(name.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id != own)
                {
                    search.Look(id);
                }
            }
        }

        return search._found.ToImmutable();
    }

    private void Look(int id)
    {
        var folder = $"/proc/{id.ToString(CultureInfo.InvariantCulture)}";
        var seen = new Dictionary<string, string>();
        Note(seen, ReadLink($"{folder}/cwd"), "works in it");
        Note(seen, ReadLink($"{folder}/exe"), "runs from it");
        Note(seen, ReadLink($"{folder}/root"), "has it as its root");
        foreach (var release in _mounted.In(folder))
        {
            seen.TryAdd(release, "has it mounted");
        }

        LookAtFiles(folder, seen);
        LookAtMappings(folder, seen);
        foreach (var (release, how) in seen)
        {
            _found.Add(new ReleaseUser(release, id, CommandOf(folder), UnitOf(folder), how));
        }
    }

    private void LookAtFiles(string folder, Dictionary<string, string> seen)
    {
        if (OpenDirectory.OpenPath($"{folder}/fd", out var files) is not null)
        {
            return;
        }

        using (files)
        {
            foreach (var name in files.List(out var names) is null ? names : [])
            {
                Note(seen, files.ReadLink(name, out var target) is null ? Encoding.UTF8.GetString(target) : "", "has files of it open");
            }
        }
    }

    private void LookAtMappings(string folder, Dictionary<string, string> seen)
    {
        ReadOnlySpan<byte> maps = ProcFile.ReadAll($"{folder}/maps");
        for (var at = maps.IndexOf(_prefixBytes); at >= 0; at = maps.IndexOf(_prefixBytes))
        {
            var end = maps[at..].IndexOf((byte)'\n') is var newline and >= 0 ? at + newline : maps.Length;
            if (at > 0 && maps[at - 1] == ' ')
            {
                Note(seen, Encoding.UTF8.GetString(maps[at..end]), "has it mapped");
            }

            maps = maps[end..];
        }
    }

    private void Note(Dictionary<string, string> seen, string path, string how)
    {
        if (path.StartsWith(_prefix, StringComparison.Ordinal))
        {
            seen.TryAdd(path[_prefix.Length..].Split('/')[0], how);
        }
    }

    private static string ReadLink(string path) => PosixPath.ReadLink(path, out var target) is null ? target : "";

    private static string CommandOf(string folder) => Encoding.UTF8.GetString(ProcFile.ReadAll($"{folder}/comm")).Trim();

    /// <summary>The last unit on the way to its control group: version 2's only line, or version 1's of systemd.</summary>
    private static string UnitOf(string folder)
    {
        foreach (var line in Encoding.UTF8.GetString(ProcFile.ReadAll($"{folder}/cgroup")).Split('\n'))
        {
            if (line.StartsWith("0::", StringComparison.Ordinal) || line.Contains(":name=systemd:", StringComparison.Ordinal))
            {
                var unit = line.Split('/').LastOrDefault(part =>
                    part.EndsWith(".service", StringComparison.Ordinal) || part.EndsWith(".scope", StringComparison.Ordinal));
                if (unit is not null)
                {
                    return unit;
                }
            }
        }

        return "";
    }
}
