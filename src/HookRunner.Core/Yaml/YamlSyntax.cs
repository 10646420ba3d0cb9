using HookRunner.Core.Diagnostics;

namespace HookRunner.Core.Yaml;

/// <summary>The general words for text that is no YAML.</summary>
internal static class YamlSyntax
{
    public static Diagnostic Explain(YamlSyntaxError error)
    {
        var (message, remedy) = Words(error);
        return new Diagnostic(Severity.Error, error.Source.At(error.Index), message, remedy);
    }

    private static (string Message, string? Remedy) Words(YamlSyntaxError error) =>
        ($"no valid YAML: {Lower(error.Reason.TrimEnd('.'))}", null);

    private static string Lower(string text) => text.Length == 0 ? text : char.ToLowerInvariant(text[0]) + text[1..];
}
