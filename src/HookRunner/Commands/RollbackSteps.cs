using HookRunner.Core.Deployment;
using HookRunner.Core.Diagnostics;
using HookRunner.Core.Planning;
using HookRunner.Core.Reporting;
using HookRunner.Host.Bundles;
using HookRunner.Host.Execution;
using HookRunner.Host.Os;
using HookRunner.Host.Output;
using HookRunner.Host.Releases;
using HookRunner.Host.State;

namespace HookRunner.Commands;

/// <summary>The steps of `rollback:` after the link went back: those of the bundle that ran here last.</summary>
internal static class RollbackSteps
{
    /// <summary>What the steps end with; 0 where there are none; 3 where the bundle cannot be used any more.</summary>
    public static int Run(HostState.Found found, RollbackResult.Done done, AgentVariables variables)
    {
        var last = found.Last;
        var streams = StandardStreams.Claim();
        using var signals = TerminationSignals.Install();
        var relay = new OutputRelay(streams.Output);
        var diagnostics = new DiagnosticBag();
        // Mistakes in appspec.yml are nothing to these steps.
        var bundle = Bundle.Read(last.Bundle, last.Bundle, diagnostics, new DiagnosticBag());
        var deployment = new DeploymentContext
        {
            Application = last.Application,
            Group = last.Group,
            Deployment = done.Deployment.Length > 0 ? done.Deployment : last.Deployment,
            Bundle = last.Bundle,
        };
        var plan = bundle.File is { } file ? Planner.ResolveRollback(file, deployment, new PlanOptions(), diagnostics) : null;
        if (plan is null || diagnostics.HasErrors)
        {
            relay.WriteLine($"the steps of `rollback:` were not run: the bundle {last.Bundle} cannot be used", important: true);
            relay.WriteLine(DiagnosticText.Render(diagnostics), important: true);
            return ExitStatus.Invalid;
        }

        return plan.Steps.Length == 0
            ? ExitStatus.Done
            : new EventSession(streams, signals, relay, variables).Run(plan, bundle, StateOf(found));
    }

    /// <summary>The place that the record was found in, where that is not the system's.</summary>
    private static string? StateOf(HostState.Found found) => found.Layout.Root == StateLayout.DefaultState ? null : found.Layout.Root;
}
