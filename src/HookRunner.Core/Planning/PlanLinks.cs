using System.Collections.Immutable;

namespace HookRunner.Core.Planning;

/// <summary>The links an event may switch: each is locked while the event runs.</summary>
internal static class PlanLinks
{
    public static ImmutableArray<string> Of(ExecutionPlan plan)
    {
        var links = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var step in plan.AllSteps)
        {
            links.UnionWith(step.Action.Links);
            if (step.Kind == "release" && plan.Release is { } release)
            {
                links.Add(release.Link);
            }
        }

        return [.. links];
    }
}
