using HookRunner.Core.Steps;
using HookRunner.Core.Values;

namespace HookRunner.Core.Planning.Views;

/// <summary>What a program is given beside its words, each a line of a plan. Masked values stay hidden.</summary>
internal static class ProgramWords
{
    public const string Hidden = "<masked>";

    public static IEnumerable<string> Of(PlannedStep step, ExecutionPlan plan)
    {
        var program = step.Program;
        if (!program.EnvironmentFiles.IsEmpty)
        {
            yield return $"env_file {string.Join(", ", program.EnvironmentFiles.Select(File))}";
        }

        if (!program.Environment.IsEmpty)
        {
            yield return $"env {string.Join(", ", program.Environment.Select(item => $"{item.Name}={Shown(item.Name, item.Value, plan)}"))}";
        }

        if (!program.Path.IsEmpty)
        {
            yield return $"path {string.Join(", ", program.Path.Select(path => path.ToString()))}";
        }

        if (!program.SourceFiles.IsEmpty)
        {
            yield return $"source {string.Join(", ", program.SourceFiles.Select(path => path.ToString()))}";
        }

        if (program.Inherited.Everything || !program.Inherited.Names.IsEmpty)
        {
            yield return $"inherit_env {(program.Inherited.Everything ? "everything" : string.Join(", ", program.Inherited.Names))}";
        }
    }

    public static string Shown(string name, Template value, ExecutionPlan plan) =>
        IsMasked(name, plan) ? Hidden : value.ToString();

    public static bool IsMasked(string name, ExecutionPlan plan)
    {
        foreach (var pattern in plan.Mask)
        {
            if (Glob.Matches(pattern, name))
            {
                return true;
            }
        }

        return false;
    }

    private static string File(EnvironmentFile file) =>
        $"{file.Path}{(file.Optional ? " (where it is there)" : "")}{(file.Secret ? " (secret)" : "")}";
}
