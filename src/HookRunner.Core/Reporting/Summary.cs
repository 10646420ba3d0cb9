using System.Collections.Immutable;
using System.Globalization;
using HookRunner.Core.Steps;

namespace HookRunner.Core.Reporting;

/// <summary>What a successful event says last: one line a step with its time.</summary>
internal static class Summary
{
    private const int LongestLine = 160;

    public static ImmutableArray<string> Lines(EventReport report)
    {
        var lines = ImmutableArray.CreateBuilder<string>();
        foreach (var step in report.Steps)
        {
            lines.Add(Utf8Line.Clip(Line(step), LongestLine));
        }

        var skipped = report.Steps.Count(step => step.Outcome is StepOutcome.Skipped);
        var done = report.Steps.Length - skipped;
        lines.Add(string.Create(CultureInfo.InvariantCulture,
            $"{report.Identity.Event} done in {Seconds.Format(report.Took)}: {Count(done, "step")}{(skipped == 0 ? "" : $", {skipped} skipped")}"));
        return lines.ToImmutable();
    }

    public static string Count(int count, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? "" : "s")}");

    private static string Line(StepReport step)
    {
        var list = step.List switch
        {
            StepListKind.OnFailure => "on_failure ",
            StepListKind.Always => "always ",
            _ => "",
        };
        var reason = OutcomeText.Reason(step.Outcome);
        var time = step.Outcome is StepOutcome.Skipped ? "" : Seconds.Format(step.Took);
        var attempts = step.Attempts > 1 ? string.Create(CultureInfo.InvariantCulture, $", attempt {step.Attempts}") : "";
        return string.Create(CultureInfo.InvariantCulture,
            $"{(step.Number == 0 ? "" : step.Number),3} {OutcomeText.Word(step),-7} {time,9}  {list}{step.Name}{attempts}{(reason.Length == 0 ? "" : $" ({reason})")}");
    }
}
