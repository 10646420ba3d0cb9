using System.Collections.Immutable;
using System.Text;
using HookRunner.Core.Reporting;
using HookRunner.Host.Os;
using HookRunner.Host.Output;

namespace HookRunner.Host.Steps.Report;

/// <summary>What an event has to tell so far: its digest, or its summary, and the ends of its steps' logs, all through the mask.</summary>
internal static class ReportText
{
    /// <summary>CloudWatch Logs takes 1 MiB at once, with 26 bytes for each line; S3 would take more.</summary>
    private const int Most = 800 * 1024, MostOfFailed = 256 * 1024, MostOfOther = 64 * 1024;

    /// <summary>CloudWatch Logs takes 10,000 lines at once.</summary>
    private const int MostLines = 9000;

    /// <summary>The lines that the agent gets, or would get were this the end, and where and when that was.</summary>
    public static ImmutableArray<string> Digest(StepRun run, EventReport report, string instance) =>
    [
        .. (report.Failure is null ? Summary.Lines(report) : Core.Reporting.Digest.Lines(report)).Select(run.Mask.Apply),
        $"  instance {instance}, {TimeProvider.System.GetUtcNow():yyyy-MM-dd HH:mm:ss} UTC",
    ];

    /// <summary>The digest, then each step with the end of its log.</summary>
    public static ImmutableArray<string> Whole(StepRun run, EventReport report, string instance)
    {
        var lines = ImmutableArray.CreateBuilder<string>();
        lines.AddRange(Digest(run, report, instance));
        var room = Most;
        foreach (var step in report.Steps)
        {
            var log = Log(run.Mask, step, Math.Min(room, step.Fails ? MostOfFailed : MostOfOther));
            lines.Add("");
            lines.Add(run.Mask.Apply($"== {step.Name}: {OutcomeText.Word(step)}{(step.LogPath is { } path ? $", {path}" : "")}"));
            lines.AddRange(log.AsSpan()[Math.Max(0, log.Length - Math.Max(0, MostLines - lines.Count))..]);
            room -= log.Sum(line => Encoding.UTF8.GetByteCount(line) + 1);
        }

        return lines.ToImmutable();
    }

    private static ImmutableArray<string> Log(SecretMask mask, StepReport step, int most)
    {
        if (most <= 0 || step.LogPath is not { } path || FileDescriptor.Open(path, OpenFlags.ReadOnly | OpenFlags.NoFollow | OpenFlags.CloseOnExec, 0, out var file) is not null)
        {
            return [];
        }

        using (file)
        {
            return OutputTail.Read(file.Number, (0, LogFile.Length(file.Number)), mask, most);
        }
    }
}
