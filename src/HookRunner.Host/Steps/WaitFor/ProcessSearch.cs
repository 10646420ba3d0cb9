using System.Globalization;
using System.Text;
using HookRunner.Host.Os;
using HookRunner.Host.Processes;

namespace HookRunner.Host.Steps.WaitFor;

/// <summary>Finds living processes by what people call them. A zombie does not live.</summary>
internal static class ProcessSearch
{
    public static bool IsFile(string nameOrFile) => nameOrFile.StartsWith('/');

    /// <summary>The pids, without our own.</summary>
    public static List<int> Find(string nameOrFile) => IsFile(nameOrFile) ? ByFile(nameOrFile) : ByName(nameOrFile);

    private static List<int> ByFile(string path)
    {
        Span<byte> buffer = stackalloc byte[64];
        var text = Encoding.ASCII.GetString(ProcFile.Read(path, buffer)).Trim();
        return int.TryParse(text.Split('\n')[0].Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var id) && Lives(id) ? [id] : [];
    }

    private static List<int> ByName(string name)
    {
        var found = new List<int>();
        if (OpenProc(out var proc) is not null)
        {
            return found;
        }

        foreach (var entry in proc)
        {
            if (int.TryParse(entry.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                && id != Libc.ProcessId() && IsCalled(id, name) && Lives(id))
            {
                found.Add(id);
            }
        }

        found.Sort();
        return found;
    }

    private static PosixError? OpenProc(out List<FileName> entries)
    {
        entries = [];
        if (OpenDirectory.Root(out var root) is { } error)
        {
            return error;
        }

        using (root)
        {
            error = root.Open(new FileName("proc"), out var proc);
            using (proc)
            {
                return error ?? proc.List(out entries);
            }
        }
    }

    private static bool Lives(int id) => ProcessStat.Read(id) is { IsAlive: true };

    /// <summary>By the name the kernel keeps (cut to 15 bytes), or by the file name of its first word.</summary>
    private static bool IsCalled(int id, string name)
    {
        Span<byte> buffer = stackalloc byte[1024];
        var folder = id.ToString(CultureInfo.InvariantCulture);
        var kept = Encoding.UTF8.GetString(ProcFile.Read($"/proc/{folder}/comm", buffer)).TrimEnd('\n');
        if (kept == name)
        {
            return true;
        }

        var command = ProcFile.Read($"/proc/{folder}/cmdline", buffer);
        var end = command.IndexOf((byte)0);
        var first = Encoding.UTF8.GetString(end < 0 ? command : command[..end]);
        return first[(first.LastIndexOf('/') + 1)..] == name;
    }
}
