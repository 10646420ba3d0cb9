using HookRunner.Core.Diagnostics;
using HookRunner.Core.Language;
using HookRunner.Core.Yaml;

namespace HookRunner.Core.Checking;

/// <summary>What `run:` texts do that surprises under hookrunner.</summary>
internal static class ShellTextCheck
{
    public static void Check(HookFile file, DiagnosticBag diagnostics)
    {
        foreach (var step in FileSteps.All(file))
        {
            foreach (var text in Texts(step))
            {
                if (ReopenedOutput.In(text.Text) is { } idiom)
                {
                    diagnostics.Warning(text.Location, $"`{idiom}`, {ReopenedOutput.Effect}", ReopenedOutput.Remedy);
                }
            }
        }
    }

    private static IEnumerable<YamlScalar> Texts(StepDeclaration step)
    {
        YamlNode?[] nodes =
        [
            step.Kind?.Name == "run" ? step.Value : null,
            (step.Value as YamlMap)?["command"],
            (step.Body["when"] as YamlMap)?["run"],
            (step.Body["unless"] as YamlMap)?["run"],
        ];
        return nodes.OfType<YamlScalar>();
    }
}
