using HookRunner.Core.Diagnostics;

namespace HookRunner.Core.Planning;

/// <summary>Where `release: stage` and `activate` make sense: after Install, and with something to stage.</summary>
internal static class ReleaseStepRules
{
    private const string Kind = "release";

    public static void Check(ExecutionPlan plan, DiagnosticBag diagnostics)
    {
        foreach (var step in plan.AllSteps)
        {
            if (step.Kind == Kind && step.Action.Subject is "stage" or "activate")
            {
                CheckMoment(step, plan, diagnostics);
            }

            if (step.Kind == Kind && step.Action.Subject == "stage" && plan.Release is { Staging: null, Source: null })
            {
                diagnostics.Error(step.Location, "there is nothing to stage: `release` has neither `staging` nor `source`",
                    "write `staging: DIR`, which `files` of appspec.yml installs into, or `source: DIR` of the bundle");
            }
        }
    }

    private static void CheckMoment(PlannedStep step, ExecutionPlan plan, DiagnosticBag diagnostics)
    {
        var moment = new PlanMoment(plan.Event, plan.IsRollback);
        if (moment.IsRollback)
        {
            diagnostics.Error(step.Location, $"`release: {step.Action.Subject}` cannot run after a rollback, which has switched the link already");
        }
        else if (!moment.HasReleaseDirectory)
        {
            diagnostics.Error(step.Location, $"`release: {step.Action.Subject}` cannot run in {moment.Name}: Install has not brought this deployment's files yet",
                "move it to AfterInstall or later");
        }
    }
}
