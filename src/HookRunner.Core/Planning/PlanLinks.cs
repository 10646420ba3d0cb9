using System.Collections.Immutable;
using HookRunner.Core.Diagnostics;

namespace HookRunner.Core.Planning;

/// <summary>The links an event may switch: each is locked while the event runs, so each must be known before.</summary>
internal static class PlanLinks
{
    /// <summary>Without doubles, in the order of their names.</summary>
    public static ImmutableArray<string> Of(ExecutionPlan plan, DiagnosticBag diagnostics)
    {
        var links = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var step in plan.AllSteps)
        {
            AddOf(step, links, diagnostics);
            if (step.Kind == "release" && plan.Release is { } release)
            {
                links.Add(release.Link);
            }
        }

        return [.. links];
    }

    private static void AddOf(PlannedStep step, SortedSet<string> links, DiagnosticBag diagnostics)
    {
        foreach (var link in step.Action.Links)
        {
            if (link.IsComplete)
            {
                links.Add(link.Text);
                continue;
            }

            diagnostics.Error(link.Location, $"the path of a link rests on `${{{link.Variables.First()}}}`, which is known only when the step starts",
                "write it out, or with variables that are known before: links are locked before anything runs");
        }
    }
}
