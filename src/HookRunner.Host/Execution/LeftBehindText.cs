using System.Collections.Immutable;
using System.Globalization;
using HookRunner.Core.Planning;
using HookRunner.Core.Reporting;
using HookRunner.Host.Output;
using HookRunner.Host.Processes;

namespace HookRunner.Host.Execution;

/// <summary>Names the processes that a step left running, in one line.</summary>
internal static class LeftBehindText
{
    public static string Of(PlannedStep step, ImmutableArray<LiveProcess> leftBehind, StepLog log)
    {
        var named = string.Join(", ", leftBehind.Take(3).Select(Named));
        var more = leftBehind.Length > 3 ? string.Create(CultureInfo.InvariantCulture, $" and {leftBehind.Length - 3} more") : "";
        var place = leftBehind.FirstOrDefault(process => process.SharesOurControlGroup && process.ControlGroup.Contains("codedeploy", StringComparison.Ordinal));
        var danger = place is null ? "" : $"; it sits in {place.ControlGroup}: an update of the agent ends it, a unit of systemd (`service:`) would not";
        return $"step {step.Number} left running: {named}{more}; output goes on to {log.Path ?? "a file without a name"}{danger}";
    }

    private static string Named(LiveProcess process) => string.Create(CultureInfo.InvariantCulture,
        $"pid {process.Id} ({process.Command}), uid {process.UserId}, for {Seconds.Format(process.Age)}");
}
