using System.Collections.Immutable;
using System.Globalization;
using HookRunner.Core.Planning;
using HookRunner.Host.Output;
using HookRunner.Host.Processes;

namespace HookRunner.Host.Execution;

/// <summary>Names the processes that a step left running, in one line.</summary>
internal static class LeftBehindText
{
    public static string Of(PlannedStep step, ImmutableArray<LiveProcess> leftBehind, StepLog log)
    {
        var named = string.Join(", ", leftBehind.Take(3).Select(process =>
            string.Create(CultureInfo.InvariantCulture, $"pid {process.Id} ({process.Command})")));
        var more = leftBehind.Length > 3 ? string.Create(CultureInfo.InvariantCulture, $" and {leftBehind.Length - 3} more") : "";
        return $"step {step.Number} left running: {named}{more}; its output goes on to {log.Path ?? "a file without a name"}";
    }
}
