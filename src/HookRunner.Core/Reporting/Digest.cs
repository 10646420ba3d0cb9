using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using HookRunner.Core.Steps;

namespace HookRunner.Core.Reporting;

/// <summary>
/// The reason of a failure in what the agents keep of a script's output: whole entries that sum to 2,048, each with a
/// prefix (9 characters by agent 1.8, hook_executor.rb:15-31; 29 bytes by agent 2.x). It is the last thing on stdout, so
/// whatever came before is dropped first.
/// </summary>
internal static class Digest
{
    /// <summary>Bytes with their newlines plus <see cref="LineOverhead"/> for each line stay within this.</summary>
    public const int Budget = 2000;

    public const int LineOverhead = 28;

    public const int LongestLine = 160;

    /// <summary>The digest of a failed event.</summary>
    public static ImmutableArray<string> Lines(EventReport report)
    {
        var failure = report.Failure ?? throw new ArgumentException("the event did not fail", nameof(report));
        var outcome = failure.Outcome;
        var head = Clipped([
            Headline(report, failure),
            $"  {OutcomeText.Reason(outcome)}, after {Seconds.Format(failure.Took)}{Attempts(failure)}",
            Where(report.Identity),
        ]);
        var foot = Clipped([.. Hint(outcome), .. Undone(report), .. PreviousRevision(report.Identity), .. Log(report.Identity, failure)]);
        return [.. head, .. Excerpt(failure, Room(head, foot)), .. foot];
    }

    /// <summary>What diagnostics or any other text give, fitted from the front: used where there is no report.</summary>
    public static ImmutableArray<string> Fit(IEnumerable<string> lines, string lastWhenCut)
    {
        var kept = ImmutableArray.CreateBuilder<string>();
        var last = Utf8Line.Clip(lastWhenCut, LongestLine);
        var room = Budget - Cost(last);
        foreach (var line in lines.Select(line => Utf8Line.Clip(line, LongestLine)))
        {
            room -= Cost(line);
            if (room < 0)
            {
                kept.Add(last);
                break;
            }

            kept.Add(line);
        }

        return kept.ToImmutable();
    }

    public static int Cost(string line) => Encoding.UTF8.GetByteCount(line) + 1 + LineOverhead;

    private static string Headline(EventReport report, StepReport failure) => failure.List switch
    {
        _ when failure.Number == 0 => $"{report.Identity.Event} failed: {failure.Name}",
        StepListKind.Steps => string.Create(CultureInfo.InvariantCulture,
            $"{report.Identity.Event} failed at step {failure.Number} of {report.StepCount}: {failure.Name}"),
        StepListKind.OnFailure => $"{report.Identity.Event} failed in on_failure: {failure.Name}",
        _ => $"{report.Identity.Event} failed in always: {failure.Name}",
    };

    private static string Attempts(StepReport failure) => failure.Attempts > 1
        ? string.Create(CultureInfo.InvariantCulture, $", {failure.Attempts} attempts")
        : "";

    private static string Where(EventIdentity identity) =>
        $"  environment {identity.Environment}, group {identity.Group}, deployment {identity.Deployment}";

    private static IEnumerable<string> Hint(StepOutcome outcome) =>
        outcome is StepOutcome.Failed { Hint: { } hint } ? [$"  hint: {hint}"] : [];

    private static IEnumerable<string> Undone(EventReport report)
    {
        var steps = report.Steps.Where(step => step.List == StepListKind.OnFailure).ToList();
        if (steps.Count > 0)
        {
            yield return "  on_failure: " + string.Join("; ", steps.Select(step =>
                $"{step.Name} {OutcomeText.Word(step)}{(step.Fails ? $" ({OutcomeText.Reason(step.Outcome)})" : "")}"));
        }

        if (report.ListsNotRun.Length > 0)
        {
            yield return $"  did not run: {string.Join(", ", report.ListsNotRun)}";
        }
    }

    private static IEnumerable<string> PreviousRevision(EventIdentity identity)
    {
        if (identity.IsPreviousRevision)
        {
            yield return $"  these steps come from the previous revision: {identity.Bundle}";
            yield return "  to deploy past them: aws deploy create-deployment --ignore-application-stop-failures ...";
        }
    }

    private static IEnumerable<string> Log(EventIdentity identity, StepReport failure)
    {
        if (failure.LogPath is { } path)
        {
            yield return path.Length < LongestLine - 20
                ? $"  whole output: {path}"
                : $"  whole output: hookrunner log {identity.Deployment} {identity.Event}";
        }
    }

    /// <summary>The last lines that fit: of what the outcome itself shows first, then of the step's output.</summary>
    private static IEnumerable<string> Excerpt(StepReport failure, int room)
    {
        var detail = failure.Outcome switch
        {
            StepOutcome.Failed { Detail: { } lines } => lines,
            StepOutcome.TimedOut { Detail: { } lines } => lines,
            _ => [],
        };
        var kept = new Stack<string>();
        foreach (var line in detail.Count > 0 ? detail.Reverse() : failure.Tail.Reverse())
        {
            var shown = Utf8Line.Clip($"  | {line}", LongestLine);
            room -= Cost(shown);
            if (room < 0)
            {
                break;
            }

            kept.Push(shown);
        }

        return kept;
    }

    private static ImmutableArray<string> Clipped(IEnumerable<string> lines) =>
        [.. lines.Select(line => Utf8Line.Clip(line, LongestLine))];

    private static int Room(ImmutableArray<string> head, ImmutableArray<string> foot) =>
        Budget - head.Sum(Cost) - foot.Sum(Cost);
}
