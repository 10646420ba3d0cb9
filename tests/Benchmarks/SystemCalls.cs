using System.Diagnostics;
using System.Globalization;

namespace HookRunner.Benchmarks;

/// <summary>How many system calls a program makes, with its children's, counted by strace.</summary>
internal static class SystemCalls
{
    public static int Count(Contender contender)
    {
        var table = Path.GetTempFileName();
        var start = new ProcessStartInfo("strace", ["-f", "-c", "-U", "calls", "-o", table, contender.Program, .. contender.Arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        foreach (var (name, value) in contender.Environment)
        {
            start.Environment[name] = value;
        }

        using var strace = Process.Start(start)!;
        strace.StandardOutput.ReadToEnd();
        strace.WaitForExit();
        var total = File.ReadLines(table).Last(line => line.Length > 0).Trim();
        File.Delete(table);
        return int.Parse(total.Split(' ')[0], CultureInfo.InvariantCulture);
    }
}
