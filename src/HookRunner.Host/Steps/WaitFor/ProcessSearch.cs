using System.Globalization;
using System.Text;
using HookRunner.Host.Os;
using HookRunner.Host.Processes;
using HookRunner.Host.Steps.Stopping;

namespace HookRunner.Host.Steps.WaitFor;

/// <summary>Finds living processes by what people call them. A zombie does not live.</summary>
internal static class ProcessSearch
{
    public static bool IsFile(string nameOrFile) => nameOrFile.StartsWith('/');

    /// <summary>The pids, without our own.</summary>
    public static List<int> Find(string nameOrFile) => IsFile(nameOrFile) ? ByFile(nameOrFile) : ByName(nameOrFile);

    /// <summary>Not one that began after the file was written: a pid that came back says nothing of the program meant.</summary>
    private static List<int> ByFile(string path)
    {
        Span<byte> buffer = stackalloc byte[64];
        var text = Encoding.ASCII.GetString(ProcFile.Read(path, buffer)).Trim();
        return int.TryParse(text.Split('\n')[0].Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            && ProcessStat.Read(id) is { IsAlive: true } process
            && FileStatus.Followed(path, out var status) is null
            && !PidFile.IsOlderThan(status.Times, process)
                ? [id]
                : [];
    }

    private static List<int> ByName(string name) =>
        [.. RunningProgram.Named(name).Select(process => process.Id).Where(id => id != Libc.ProcessId()).Order()];
}
