using System.Collections.Immutable;
using System.Globalization;
using HookRunner.Core.Reporting;

namespace HookRunner.Simulation.Output;

/// <summary>What stands under the events: what the console would show of a failure, the verdict, the counts.</summary>
internal static class ReportText
{
    public static void Write(SimulationReport report, TextWriter output)
    {
        if (report.Failed is { Failure: { } failure } failed)
        {
            WriteFailure(failed.Name + (report.From.Contains(failed) ? " of the revision before" : ""), failure, output);
            if (!report.NotRun.IsEmpty)
            {
                output.WriteLine($"not run: {string.Join(", ", report.NotRun)}");
            }
        }

        foreach (var process in report.LeftRunning)
        {
            output.WriteLine($"left running by the hooks, ended with the simulation: {process}");
        }

        output.WriteLine();
        output.WriteLine($"{(report.HasSucceeded ? "Succeeded" : "Failed")} in {Seconds.Format(report.Took)}");
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"events: {report.Count(EventStatus.Succeeded)} succeeded, {report.Count(EventStatus.Failed)} failed, {report.Count(EventStatus.Skipped)} with nothing to run; recorded: {report.Recorded}"));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"not checked: {report.NotChecked}"));
    }

    private static void WriteFailure(string name, ScriptFailure failure, TextWriter output)
    {
        output.WriteLine();
        output.WriteLine($"What the CodeDeploy console shows for {name}:");
        output.WriteLine($"    Error code   {failure.CodeName}");
        output.WriteLine($"    Script name  {failure.Script}".TrimEnd());
        output.WriteLine($"    Message      {failure.Message}");
        output.WriteLine("    Log tail");
        foreach (var line in Lines(failure.Log))
        {
            output.WriteLine($"      {SafeText.Of(line)}".TrimEnd());
        }
    }

    private static ImmutableArray<string> Lines(string log) => log.Length == 0 ? [] : [.. log.TrimEnd('\n').Split('\n')];
}
