using System.Collections.Immutable;
using HookRunner.Core.Diagnostics;
using HookRunner.Core.Planning;
using HookRunner.Core.Steps;
using HookRunner.Host.Logging;
using HookRunner.Host.Os;

namespace HookRunner.Host.Execution;

/// <summary>The conditions of a list of steps, asked once when the list starts.</summary>
internal static class GroupConditions
{
    /// <summary>How the whole list ends without a step of it: skipped, or failed at a value that is not there. Null where it runs.</summary>
    public static StepOutcome? Judge(EventContext context, PlannedGroup group, Deadline deadline)
    {
        if (group.Flatten().FirstOrDefault() is not { } first)
        {
            return null;
        }

        var diagnostics = new DiagnosticBag();
        var values = new LateValues(context, first, deadline);
        var log = context.Logs.Open(Core.Reporting.StepListKind.Steps, first);
        try
        {
            ImmutableArray<Condition> when = [.. group.When.Select(condition => condition.Resolve(values, diagnostics))];
            ImmutableArray<Condition> unless = [.. group.Unless.Select(condition => condition.Resolve(values, diagnostics))];
            var run = new LiveStepRun(context, first, log, deadline);
            return diagnostics.HasErrors ? StepExecutor.Unresolved(diagnostics)
                : Conditions.WhyNot(when, unless, run, context.Releases.IsFirstRelease, onlyComplete: false) is { } reason ? new StepOutcome.Skipped(reason)
                : null;
        }
        finally
        {
            StepLogs.Close(log);
        }
    }
}
