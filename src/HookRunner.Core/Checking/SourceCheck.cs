using HookRunner.Core.Diagnostics;
using HookRunner.Core.Planning;
using HookRunner.Core.Values;

namespace HookRunner.Core.Checking;

/// <summary>The files of the bundle that a plan names must be there before anything runs.</summary>
internal sealed class SourceCheck(ExecutionPlan plan, Func<string, bool> exists, DiagnosticBag diagnostics)
{
    /// <summary>Scripts, sources and env files that are not optional. What lies outside of the bundle, an earlier step may make.</summary>
    public void Check()
    {
        foreach (var step in plan.AllSteps)
        {
            foreach (var source in step.Action.Sources)
            {
                Check(source, step.Kind);
            }

            foreach (var file in step.Program.EnvironmentFiles)
            {
                if (!file.Optional)
                {
                    Check(file.Path, "env_file");
                }
            }
        }
    }

    private void Check(Template path, string key)
    {
        if (!path.IsComplete || BundlePath.Inside(path.Text, plan.Deployment.Bundle) is not { } inside || exists(inside))
        {
            return;
        }

        if (BundlePath.LeadsOut(inside))
        {
            diagnostics.Error(path.Location, $"`{path}` leads out of the bundle", "sources are relative to the bundle, or absolute");
            return;
        }

        diagnostics.Error(path.Location, $"the bundle holds no `{inside}`, which `{key}` names", Guess(inside));
    }

    private string? Guess(string inside)
    {
        var lower = inside.ToLowerInvariant();
        return lower != inside && exists(lower) ? $"there is `{lower}`: case matters" : "paths are relative to the folder of hookrunner.yml";
    }
}
