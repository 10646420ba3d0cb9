using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using HookRunner.Host.Os;

namespace HookRunner.Host.Processes;

/// <summary>Describes processes to people.</summary>
internal static class LiveProcesses
{
    private const int LongestCommand = 100;
    private const double TicksPerSecond = 100;

    private static readonly string OurControlGroup = ControlGroupOf("self");

    public static ImmutableArray<LiveProcess> Describe(IEnumerable<ProcessStat> processes) => [.. processes.Select(Describe)];

    private static LiveProcess Describe(ProcessStat process)
    {
        var folder = process.Id.ToString(CultureInfo.InvariantCulture);
        var controlGroup = ControlGroupOf(folder);
        return new LiveProcess(
            process.Id,
            process.StartTime,
            CommandOf(folder),
            UserOf(folder),
            AgeOf(process),
            controlGroup,
            controlGroup.Length > 0 && controlGroup == OurControlGroup,
            process.IsUninterruptible);
    }

    private static string CommandOf(string folder)
    {
        Span<byte> buffer = stackalloc byte[4 * LongestCommand];
        var words = ProcFile.Read($"/proc/{folder}/cmdline", buffer).TrimEnd((byte)0);
        var text = words.IsEmpty
            ? $"[{Encoding.UTF8.GetString(ProcFile.Read($"/proc/{folder}/comm", buffer)).Trim()}]"
            : Encoding.UTF8.GetString(words);
        var shown = string.Concat(text.Take(LongestCommand).Select(c => char.IsControl(c) ? ' ' : c));
        return text.Length > LongestCommand ? shown[..(LongestCommand - 3)] + "..." : shown;
    }

    private static uint UserOf(string folder)
    {
        Span<byte> buffer = stackalloc byte[2048];
        var status = Encoding.UTF8.GetString(ProcFile.Read($"/proc/{folder}/status", buffer));
        var line = status.Split('\n').FirstOrDefault(line => line.StartsWith("Uid:", StringComparison.Ordinal));
        return line?.Split('\t') is [_, _, var effective, ..] && uint.TryParse(effective, out var id) ? id : 0;
    }

    private static TimeSpan AgeOf(ProcessStat process)
    {
        Span<byte> buffer = stackalloc byte[64];
        var uptime = Encoding.UTF8.GetString(ProcFile.Read("/proc/uptime", buffer)).Split(' ')[0];
        var age = double.TryParse(uptime, CultureInfo.InvariantCulture, out var seconds) ? seconds - (process.StartTime / TicksPerSecond) : 0;
        return TimeSpan.FromSeconds(Math.Max(0, age));
    }

    // cgroups(7): `0::PATH` is version 2; `name=systemd` is where version 1 keeps units.
    private static string ControlGroupOf(string folder)
    {
        Span<byte> buffer = stackalloc byte[4096];
        var lines = Encoding.UTF8.GetString(ProcFile.Read($"/proc/{folder}/cgroup", buffer)).Split('\n');
        var systemd = lines.FirstOrDefault(line => line.Contains(":name=systemd:", StringComparison.Ordinal))
            ?? lines.FirstOrDefault(line => line.StartsWith("0::", StringComparison.Ordinal));
        return systemd is null ? "" : systemd[(systemd.IndexOf('/', StringComparison.Ordinal) is var slash and >= 0 ? slash : systemd.Length)..];
    }
}
