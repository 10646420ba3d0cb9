using HookRunner.Core.Diagnostics;
using HookRunner.Core.Steps;
using HookRunner.Core.Yaml;

namespace HookRunner.Core.Language;

/// <summary>Legal YAML that is no step, in the words of what was meant.</summary>
internal static class StepTraps
{
    public static Diagnostic NoStep(YamlNode node, FileContext context)
    {
        if (node is not YamlScalar { IsEmpty: false } word)
        {
            return Error(node, $"a step is {node.Shape}; expected a mapping such as `run: TEXT`", null);
        }

        var (first, blank) = (word.Text.Split(':')[0], UnknownKey.MissingBlank(word.Text));
        if (blank is not null && StepWords.Contains(first, context.Kinds))
        {
            return Error(node, $"`{word.Text}` is one word to YAML, no step", blank);
        }

        return StepWords.Contains(word.Text, context.Kinds)
            ? Error(node, $"`{word.Text}` alone says nothing", $"write `{word.Text}: ...`")
            : Error(node, "a step is text; expected a mapping such as `run: TEXT`", IsScript(word.Text)
                ? "put `script: ` before it to run that script of the bundle"
                : "put `run: ` before it to run it as a command");
    }

    private static bool IsScript(string text) => text.Contains('/', StringComparison.Ordinal) && !text.Contains(' ', StringComparison.Ordinal);

    private static Diagnostic Error(YamlNode node, string message, string? remedy) =>
        new(Severity.Error, node.Location, message, remedy);
}
