using System.Globalization;
using HookRunner.Host.Processes;

namespace HookRunner.Host.Tests.Driver;

/// <summary>A report as lines of `name TAB value`, for the test that reads it.</summary>
internal static class Result
{
    public static void Write(TextWriter target, ProcessReport report)
    {
        Line(target, "end", report.End switch
        {
            ProcessEnd.Exited exited => Text($"exited {exited.Status}"),
            ProcessEnd.Killed killed => Text($"killed {killed.Signal}"),
            ProcessEnd.TimedOut => "timed out",
            ProcessEnd.Stopped stopped => Text($"stopped {stopped.Signal}"),
            ProcessEnd.NotStarted failed => Text($"not started {failed.Exit}: {failed.Reason}|{failed.Hint}"),
            _ => "",
        });
        Line(target, "took", report.Took.TotalSeconds.ToString("R", CultureInfo.InvariantCulture));
        Line(target, "captured", report.Captured.Replace("\n", "\\n", StringComparison.Ordinal));
        Line(target, "cut", report.CaptureIsCut ? "yes" : "no");
        Line(target, "oom", report.OutOfMemory ?? "");
        Line(target, "memory", Text($"{Environment.WorkingSet}"));
        foreach (var line in report.Tail)
        {
            Line(target, "tail", line);
        }

        foreach (var process in report.LeftBehind)
        {
            Line(target, "left", Text($"{process.Id} {process.UserId} {process.SharesOurControlGroup} {process.Command}"));
        }

        foreach (var process in report.Unstoppable)
        {
            Line(target, "unstoppable", Text($"{process.Id} {process.IsUninterruptible} {process.Command}"));
        }
    }

    private static string Text(FormattableString text) => FormattableString.Invariant(text);

    private static void Line(TextWriter target, string name, string value) => target.WriteLine($"{name}\t{value}");
}
