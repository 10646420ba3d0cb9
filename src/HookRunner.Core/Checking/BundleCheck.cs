using System.Collections.Immutable;
using HookRunner.Core.Deployment;
using HookRunner.Core.Diagnostics;
using HookRunner.Core.Planning;

namespace HookRunner.Core.Checking;

/// <summary>
/// Everything that can be said of a bundle without a host: the plans of every event for every group that the file may
/// meet, what appspec.yml and the bundle's files do with them, and the traps between the three.
/// </summary>
internal static class BundleCheck
{
    /// <summary>The groups that were checked; what was found is in <paramref name="diagnostics"/>.</summary>
    public static ImmutableArray<string> Run(BundleUnderCheck bundle, DiagnosticBag diagnostics)
    {
        var groups = bundle.Groups.IsEmpty ? GroupSamples.Of(bundle.File, diagnostics) : bundle.Groups;
        new HookBindings(bundle, diagnostics).Check();
        new InstallCheck(bundle, diagnostics).Check();
        ShellTextCheck.Check(bundle.File, diagnostics);
        WidenedSecret.Check(bundle.File, diagnostics);
        EnvironmentOverlap.Check(bundle.File, diagnostics);
        foreach (var group in groups)
        {
            foreach (var item in LifecycleEvents.All)
            {
                if (Plan(bundle, group, item, diagnostics) is { } plan)
                {
                    new PlanCheck(bundle, plan, EventTime.Of(bundle.AppSpec, item, location => OurEntry.Is(location, bundle.Entry)), diagnostics).Check();
                }
            }

            Planner.ResolveRollback(bundle.File, Deployment(bundle, group), PlanOptions.Default, diagnostics);
        }

        return groups;
    }

    private static ExecutionPlan? Plan(BundleUnderCheck bundle, string group, LifecycleEvent item, DiagnosticBag diagnostics) =>
        Planner.Resolve(bundle.File, Deployment(bundle, group), item, PlanOptions.Default, diagnostics);

    private static DeploymentContext Deployment(BundleUnderCheck bundle, string group) =>
        new()
        {
            Application = bundle.File.Application ?? "application",
            Group = group,
            Deployment = "d-CHECK",
            Bundle = BundlePath.Root,
        };
}
