namespace HookRunner.Core.Yaml;

/// <summary>The general words for text that is no YAML.</summary>
internal static class YamlSyntax
{
    public static YamlExplanation Explain(YamlSyntaxError error) =>
        YamlIndentation.Explain(error)
        ?? YamlColons.Explain(error)
        ?? YamlBrackets.SecondColon(error)
        ?? (error.Says("flow") || error.Says("operation is not valid") || error.Says("node content") ? YamlBrackets.Explain(error) : null)
        ?? YamlQuotes.Explain(error)
        ?? YamlExplanation.Of(
            YamlWords.For(error)
            ?? error.At(error.Index, $"no valid YAML: {Lower(error.Reason.TrimEnd('.'))}"))!;

    private static string Lower(string text) => text.Length == 0 ? text : char.ToLowerInvariant(text[0]) + text[1..];
}
