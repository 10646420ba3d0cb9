using HookRunner.Core.Steps;

namespace HookRunner.Core.Planning.Views;

/// <summary>What a program is given beside its words, each a line of a plan. Masked values stay hidden.</summary>
internal static class ProgramWords
{
    public static IEnumerable<string> Of(PlannedStep step, PlanMask mask)
    {
        var program = step.Program;
        if (!program.EnvironmentFiles.IsEmpty)
        {
            yield return $"env_file {string.Join(", ", program.EnvironmentFiles.Select(File))}";
        }

        if (!program.Environment.IsEmpty)
        {
            yield return $"env {string.Join(", ", program.Environment.Select(item => $"{item.Name}={mask.Shown(item.Name, item.Value.ToString())}"))}";
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

    private static string File(EnvironmentFile file) =>
        $"{file.Path}{(file.Optional ? " (where it is there)" : "")}{(file.Secret ? " (secret)" : "")}";
}
