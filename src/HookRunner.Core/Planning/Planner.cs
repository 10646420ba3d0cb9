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
        DiagnosticBag diagnostics) =>
        Resolve(new PlanRequest(file, deployment, new PlanMoment(item), options), diagnostics);

    /// <summary>The steps under `rollback:`, to run after the link was switched back; `release.dir` is the release it points to then.</summary>
    public static ExecutionPlan? ResolveRollback(HookFile file, DeploymentContext deployment, PlanOptions options, DiagnosticBag diagnostics) =>
        Resolve(new PlanRequest(file, deployment, PlanMoment.Rollback, options), diagnostics);

    /// <summary>The plans of every event, in the order of a deployment; null after a mistake in any of them, or in `rollback:`.</summary>
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

        var isSound = ResolveRollback(file, deployment, options, diagnostics) is not null;
        return isSound && plans.Count == LifecycleEvents.All.Length ? plans.DrainToImmutable() : null;
    }

    private static ExecutionPlan? Resolve(PlanRequest request, DiagnosticBag diagnostics)
    {
        var found = new DiagnosticBag();
        var given = GivenValues.Of(request.Options.Set, request.File, found);
        var plan = GroupChoice.Of(request.File, request.Deployment.Group, found) is { } choice
            ? (request with { Options = request.Options with { Set = given } }).Resolve(choice, found)
            : null;
        diagnostics.AddRange(found);
        return found.HasErrors ? null : plan;
    }
}
