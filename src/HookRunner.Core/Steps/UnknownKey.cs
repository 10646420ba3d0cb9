using HookRunner.Core.Diagnostics;
using HookRunner.Core.Yaml;

namespace HookRunner.Core.Steps;

/// <summary>What to say of a key that nothing knows.</summary>
internal static class UnknownKey
{
    /// <summary>The nearest known key; for `{a:b}`, which YAML reads as one word, the blank that is missing.</summary>
    public static string Remedy(YamlEntry entry, IReadOnlyCollection<string> known) => MissingBlank(entry.Key) is { } remedy && entry.Value is YamlScalar { IsEmpty: true }
        ? remedy
        : Suggestion.Remedy(entry.Key, known);

    /// <summary>Null where the text is no `word:text`.</summary>
    public static string? MissingBlank(string text) => text.IndexOf(':', StringComparison.Ordinal) is var at and > 0 && at < text.Length - 1
        ? $"a blank belongs after the colon: `{text[..at]}: {text[(at + 1)..]}`"
        : null;
}
