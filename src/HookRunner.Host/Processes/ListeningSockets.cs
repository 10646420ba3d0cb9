using System.Globalization;
using System.Text;
using HookRunner.Host.Os;

namespace HookRunner.Host.Processes;

/// <summary>Who accepts TCP connections on a port of this host: /proc/net/tcp names sockets, and processes hold them.</summary>
internal static class ListeningSockets
{
    private const int AddressField = 1, StateField = 3, InodeField = 9;
    private const string Listening = "0A";

    /// <summary>The sockets that listen on a port, whatever their address, as a process's descriptors name them: `socket:[4711]`.</summary>
    public static HashSet<string> On(int port)
    {
        var sockets = new HashSet<string>();
        var ending = string.Create(CultureInfo.InvariantCulture, $":{port:X4}");
        foreach (var table in (string[])["/proc/self/net/tcp", "/proc/self/net/tcp6"])
        {
            foreach (var line in Encoding.ASCII.GetString(ProcFile.ReadAll(table)).Split('\n'))
            {
                var fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
                if (fields.Length > InodeField && fields[StateField] == Listening && fields[AddressField].EndsWith(ending, StringComparison.Ordinal))
                {
                    sockets.Add($"socket:[{fields[InodeField]}]");
                }
            }
        }

        return sockets;
    }

    /// <summary>The living processes that hold one of these sockets. Those that we may not look into are not among them.</summary>
    public static List<ProcessStat> HoldersOf(HashSet<string> sockets) => sockets.Count == 0 ? [] : [.. ProcessTree.All()
        .Where(id => Holds(id, sockets))
        .Select(ProcessStat.Read)
        .OfType<ProcessStat>()
        .Where(process => process.IsAlive)];

    private static bool Holds(int id, HashSet<string> sockets)
    {
        var error = OpenDirectory.OpenPath(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/fd"), out var descriptors);
        using (descriptors)
        {
            return error is null && descriptors.List(out var names) is null && names.Exists(name =>
                descriptors.ReadLink(name, out var target) is null && sockets.Contains(Encoding.UTF8.GetString(target)));
        }
    }
}
