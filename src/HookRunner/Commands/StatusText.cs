using System.Globalization;
using System.Text;
using HookRunner.Core.Reporting;
using HookRunner.Host.Releases;
using HookRunner.Host.State;

namespace HookRunner.Commands;

/// <summary>A host's status for people.</summary>
internal static class StatusText
{
    private const int SlowestShown = 3, LongestReason = 100;

    public static string Of(HostStatus status)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"application {status.Application}   (state {status.State})\n");
        foreach (var link in status.Links)
        {
            Add(text, link);
        }

        foreach (var release in status.Releases)
        {
            var marks = $"{(release.IsLive ? " live" : "")}{(release.IsBad ? " bad" : "")}";
            text.Append(CultureInfo.InvariantCulture, $"  release {release.Path}{(marks.Length > 0 ? $"  ({marks.Trim()})" : "")}\n");
        }

        foreach (var deployment in status.Deployments)
        {
            Add(text, deployment);
        }

        return text.ToString();
    }

    private static void Add(StringBuilder text, LinkStatus link)
    {
        text.Append(CultureInfo.InvariantCulture, $"  link    {link.Link} -> {link.Live ?? "nothing"}");
        text.Append(link.Previous is { } previous ? $"   (rollback would go to {previous})\n" : "\n");
        text.Append(link.Holder is { } holder ? $"  locked  by {holder}\n" : "");
    }

    private static void Add(StringBuilder text, DeploymentHistory deployment)
    {
        text.Append(CultureInfo.InvariantCulture,
            $"\ndeployment {deployment.Id}   {deployment.Group}, environment {deployment.Environment}, {deployment.Started.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z\n");
        foreach (var run in deployment.Events)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {run.Event,-20} {Result(run),-8} {(run.Ended is { } end ? Seconds.Format(end.Took) : ""),10}");
            text.Append(run.Ended is { Reason.Length: > 0 } ended ? $"   {Place(ended)}{Utf8Line.Clip(ended.Reason, LongestReason)}\n" : "\n");
        }

        var slowest = deployment.Events.SelectMany(run => run.Steps.Select(step => (run.Event, Step: step)))
            .OrderByDescending(item => item.Step.Took).Take(SlowestShown).Where(item => item.Step.Took >= TimeSpan.FromSeconds(1)).ToList();
        if (slowest.Count > 0)
        {
            text.Append(CultureInfo.InvariantCulture,
                $"  slowest: {string.Join(", ", slowest.Select(item => $"{item.Step.Name} ({item.Event}) {Seconds.Format(item.Step.Took)}"))}\n");
        }
    }

    // An event that was refused before its first step has a reason and no step.
    private static string Place(JournalRecord.EventEnded ended) => ended.FailedStep.Length > 0 ? $"{ended.FailedStep}: " : "";

    /// <summary>Without an end it runs now, or it was killed: only the lock tells, which is shown above.</summary>
    private static string Result(EventHistory run) => run.Ended?.Result ?? "no end";
}
