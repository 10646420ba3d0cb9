using System.Collections.Immutable;
using HookRunner.Core.Checking;
using HookRunner.Core.Deployment;
using HookRunner.Core.Diagnostics;
using HookRunner.Core.Language;
using HookRunner.Core.Planning;

namespace HookRunner.Commands;

/// <summary>The plan of the event to run.</summary>
internal static class RunPlan
{
    /// <summary>
    /// At BeforeInstall the plans of all events are resolved: after it, Install records the revision as the one whose
    /// ApplicationStop runs next (agent 1.8.1, command_executor.rb:184), and a bad file would block the next deployment.
    /// </summary>
    public static ExecutionPlan? Resolve(HookFile file, Invocation.Ready ready, PlanOptions options, DiagnosticBag diagnostics)
    {
        var deployment = ready.Deployment with { Application = file.Application ?? ready.Deployment.Application };
        ImmutableArray<ExecutionPlan>? plans = ready.Event == LifecycleEvent.BeforeInstall
            ? Planner.ResolveAll(file, deployment, options, diagnostics)
            : Planner.Resolve(file, deployment, ready.Event, options, diagnostics) is { } only ? [only] : null;
        foreach (var plan in plans ?? [])
        {
            new SourceCheck(plan, path => Path.Exists(Path.Join(deployment.Bundle, path)), diagnostics).Check();
        }

        return diagnostics.HasErrors ? null : plans?.First(plan => plan.Event == ready.Event);
    }
}
