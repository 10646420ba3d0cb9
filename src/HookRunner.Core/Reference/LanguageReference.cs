using System.Collections.Immutable;
using System.Text;
using HookRunner.Core.Language;
using HookRunner.Core.Steps;

namespace HookRunner.Core.Reference;

/// <summary>The language as tables for README, made from the declarations that reading and messages come from.</summary>
internal static class LanguageReference
{
    /// <summary>The whole reference in Markdown, ending in a newline.</summary>
    public static string Markdown(ImmutableArray<StepKind> kinds)
    {
        var text = new StringBuilder();
        Section(text, "Top level", LanguageKeys.File.Keys);
        Section(text, "`environments.NAME`", LanguageKeys.Environment.Keys);
        Section(text, "`roles.NAME`", LanguageKeys.Role.Keys);
        Section(text, "`hooks.EVENT`: a list of steps, or", LanguageKeys.Event.Keys);
        Section(text, "`release`", LanguageKeys.Release.Keys);
        Section(text, "`only`, `except`", LanguageKeys.Selector.Keys);
        Section(text, "Every step: one kind, and any of", CommonKeys.Policy);
        Section(text, "`when`: all of these must hold; `unless`: any of them skips the step", ConditionBlock.Table.Keys);
        Section(text, "`retry`: a number of attempts, or", RetryBlock.Table.Keys);
        Section(text, $"Steps that start a program ({string.Join(", ", kinds.Where(kind => kind.StartsProgram).Select(kind => $"`{kind.Name}`"))}), also", CommonKeys.Program);
        foreach (var kind in kinds)
        {
            Kind(text, kind);
        }

        return text.ToString();
    }

    private static void Kind(StringBuilder text, StepKind kind)
    {
        text.Append("#### `").Append(kind.Name).Append("`\n\n");
        text.Append(char.ToUpperInvariant(kind.Summary[0])).Append(kind.Summary.AsSpan(1).TrimEnd('.')).Append('.');
        if (kind.Shorthand is { } shorthand)
        {
            text.Append(kind.ShorthandOnly ? " Written `" : " Short form: `").Append(kind.Name).Append(": ")
                .Append(shorthand.ToUpperInvariant()).Append("`.");
        }

        text.Append("\n\n");
        if (!kind.ShorthandOnly)
        {
            Table(text, kind.Keys);
        }
    }

    private static void Section(StringBuilder text, string title, ImmutableArray<KindKey> keys)
    {
        text.Append("#### ").Append(title).Append("\n\n");
        Table(text, keys);
    }

    private static void Table(StringBuilder text, ImmutableArray<KindKey> keys)
    {
        text.Append("| key | value | meaning | default |\n| --- | --- | --- | --- |\n");
        foreach (var key in keys)
        {
            var meaning = key.Words.Length == 0 ? key.Meaning : $"{key.Meaning} ({string.Join(", ", key.Words.Select(word => $"`{word}`"))})";
            text.Append("| `").Append(key.Name).Append("` | ").Append(Shape(key.Shape)).Append(" | ")
                .Append(Cell(meaning)).Append(" | ").Append(key.Required ? "required" : Cell(key.Default ?? "")).Append(" |\n");
        }

        text.Append('\n');
    }

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);

    private static string Shape(ValueShape shape) => shape switch
    {
        ValueShape.Text => "text",
        ValueShape.TextList => "list",
        ValueShape.TextOrList => "text or list",
        ValueShape.Path => "path",
        ValueShape.PathList => "paths",
        ValueShape.Duration => "duration",
        ValueShape.Count => "number",
        ValueShape.Flag => "true, false",
        ValueShape.Mode => "mode",
        ValueShape.Owner => "owner",
        ValueShape.Command => "command",
        ValueShape.Mapping => "mapping",
        ValueShape.Steps => "steps",
        _ => "see meaning",
    };
}
