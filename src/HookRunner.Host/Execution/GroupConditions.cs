using HookRunner.Core.Diagnostics;
using HookRunner.Core.Planning;
using HookRunner.Host.Logging;
using HookRunner.Host.Os;

namespace HookRunner.Host.Execution;

/// <summary>The conditions of a list of steps, asked once when the list starts.</summary>
internal static class GroupConditions
{
    /// <summary>Why the whole list is skipped; null where it runs.</summary>
    public static string? WhyNot(EventContext context, PlannedGroup group, Deadline deadline)
    {
        if (group.Flatten().FirstOrDefault() is not { } first)
        {
            return null;
        }

        var diagnostics = new DiagnosticBag();
        var values = new LateValues(context, first);
        var log = context.Logs.Open(Core.Reporting.StepListKind.Steps, first);
        try
        {
            return Conditions.WhyNot(
                [.. group.When.Select(condition => condition.Resolve(values, diagnostics))],
                [.. group.Unless.Select(condition => condition.Resolve(values, diagnostics))],
                new LiveStepRun(context, first, log, deadline),
                context.Releases.IsFirstRelease,
                onlyComplete: false);
        }
        finally
        {
            StepLogs.Close(log);
        }
    }
}
