using System.Collections.Immutable;
using HookRunner.Core.Deployment;
using HookRunner.Core.Diagnostics;
using HookRunner.Core.Language;

namespace HookRunner.Core.Planning;

/// <summary>Resolves a file, a deployment and an event into the plan: everything chosen, merged and expanded, once.</summary>
internal static class Planner
{
    /// <summary>Null after a reported mistake. Nothing of the host is asked.</summary>
    public static ExecutionPlan? Resolve(
        HookFile file,
        DeploymentContext deployment,
        LifecycleEvent item,
        PlanOptions options,
        DiagnosticBag diagnostics)
    {
        var found = new DiagnosticBag();
        var plan = GroupChoice.Of(file, deployment.Group, found) is { } choice
            ? new PlanRequest(file, deployment, item, options).Resolve(choice, found)
            : null;
        diagnostics.AddRange(found);
        return found.HasErrors ? null : plan;
    }

    /// <summary>The plans of every event, in the order of a deployment; null after a mistake in any of them.</summary>
    public static ImmutableArray<ExecutionPlan>? ResolveAll(
        HookFile file,
        DeploymentContext deployment,
        PlanOptions options,
        DiagnosticBag diagnostics)
    {
        var plans = ImmutableArray.CreateBuilder<ExecutionPlan>();
        foreach (var item in LifecycleEvents.All)
        {
            if (Resolve(file, deployment, item, options, diagnostics) is { } plan)
            {
                plans.Add(plan);
            }
        }

        return plans.Count == LifecycleEvents.All.Length ? plans.DrainToImmutable() : null;
    }
}
