using System.Globalization;

namespace HookRunner.Host.Os;

/// <summary>
/// The users and groups that this process's user namespace knows (user_namespaces(7)): everywhere but in a sandbox, all.
/// </summary>
internal static class IdentityMap
{
    private static readonly Lazy<(uint First, ulong End)[]> UserRanges = new(() => Read("/proc/self/uid_map"));
    private static readonly Lazy<(uint First, ulong End)[]> GroupRanges = new(() => Read("/proc/self/gid_map"));

    public static bool HasUser(uint id) => Holds(UserRanges.Value, id);

    public static bool HasGroup(uint id) => Holds(GroupRanges.Value, id);

    private static bool Holds((uint First, ulong End)[] ranges, uint id) => Array.Exists(ranges, range => id >= range.First && id < range.End);

    /// <summary>Lines of three numbers: first id inside, first id outside, how many.</summary>
    private static (uint First, ulong End)[] Read(string path) =>
    [
        .. File.ReadLines(path)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Select(fields => (First: uint.Parse(fields[0], CultureInfo.InvariantCulture), Count: ulong.Parse(fields[2], CultureInfo.InvariantCulture)))
            .Select(range => (range.First, range.First + range.Count)),
    ];
}
