using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using HookRunner.Host.Processes;

namespace HookRunner.Host.Tests.Steps;

/// <summary>A program that a step of a test starts, run to its end with nothing of the supervision around it.</summary>
internal static class PlainProgram
{
    /// <param name="takesOutput">What it prints is for the step alone, and not among its last lines.</param>
    public static ProcessReport Run(ProcessStartInfo start, TimeSpan within, bool takesOutput = false)
    {
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        var watch = Stopwatch.StartNew();
        try
        {
            using var process = Process.Start(start)!;
            var error = process.StandardError.ReadToEndAsync();
            var output = new MemoryStream();
            var copied = process.StandardOutput.BaseStream.CopyToAsync(output);
            if (!process.WaitForExit(within))
            {
                process.Kill(entireProcessTree: true);
                return Ended(new ProcessEnd.TimedOut(), watch);
            }

            copied.Wait();
            var text = Encoding.UTF8.GetString(output.ToArray());
            var lines = ((takesOutput ? "" : text) + error.Result).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            return Ended(new ProcessEnd.Exited(process.ExitCode), watch) with
            {
                Captured = text.TrimEnd('\n'),
                Tail = [.. lines],
                Output = output.ToArray(),
            };
        }
        catch (Win32Exception e)
        {
            return Ended(new ProcessEnd.NotStarted(e.Message, null, 127), watch);
        }
    }

    private static ProcessReport Ended(ProcessEnd end, Stopwatch watch) => new(end, watch.Elapsed, "", [], [], []);
}
