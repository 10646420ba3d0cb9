using HookRunner.Core.Diagnostics;
using HookRunner.Core.Language;
using HookRunner.Core.Yaml;

namespace HookRunner.Core.Checking;

/// <summary>What commands do that surprises under hookrunner: texts for a shell, and lists that none reads.</summary>
internal static class ShellTextCheck
{
    public static void Check(HookFile file, DiagnosticBag diagnostics)
    {
        UnreadValues.Check(file, diagnostics);
        foreach (var step in FileSteps.All(file))
        {
            UnreadWords.Check(step, diagnostics);
            if (LostEffect.Remedy(Command(step)) is { } remedy)
            {
                diagnostics.Warning(step.Value.Location, $"`{Command(step)}` changes nothing for other steps: each starts anew", remedy);
            }

            foreach (var text in Texts(step))
            {
                if (LeftAlone.In(text.Text))
                {
                    diagnostics.Warning(text.Location, "`&` starts a program and looks away: nothing tells whether it came up", LeftAlone.Remedy(step));
                }

                if (ReopenedOutput.In(text.Text) is { } idiom)
                {
                    diagnostics.Warning(text.Location, $"`{idiom}`, {ReopenedOutput.Effect}", ReopenedOutput.Remedy);
                }
            }
        }
    }

    /// <summary>What a step of `run` or `exec` says, in one line; empty for any other.</summary>
    private static string Command(StepDeclaration step) => step switch
    {
        { Kind.Name: "run", Value: YamlScalar text } => text.Text.Trim(),
        { Kind.Name: "exec", Value: YamlList list } => string.Join(' ', list.Items.OfType<YamlScalar>().Select(word => word.Text)),
        _ => "",
    };

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
