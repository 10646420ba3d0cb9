using HookRunner.Core.Diagnostics;
using HookRunner.Core.Yaml;

namespace HookRunner.Core.Steps;

/// <summary>What to say of a key that nothing knows.</summary>
internal static class UnknownKey
{
    /// <summary>What no key of the language holds, and the second half of a value often does.</summary>
    private const string NoKeys = " =/.+*";

    private static readonly Dictionary<YamlEntry, YamlEntry> None = [];

    /// <summary>What is written instead: the nearest known key or the one for that word of another tool; for `{a:b}`, which YAML reads as one word, the blank that is missing.</summary>
    public static string Remedy(YamlEntry entry, IReadOnlyCollection<string> known) =>
        entry.Value is YamlScalar { IsEmpty: true } && MissingBlank(entry.Key) is { } remedy ? remedy
        : entry.Value is YamlScalar { IsEmpty: true } && entry.Key.AsSpan().IndexOfAny(NoKeys) >= 0 ? "between braces a comma begins the next key: a value that holds one needs quotes"
        : entry.Key.Contains("${", StringComparison.Ordinal) ? "`${}` is never expanded in a key"
        : ForeignWord.Place(entry.Key, known) is { } place ? place
        : Meant(entry.Key, known) is { } meant ? $"did you mean `{meant}`?"
        : Suggestion.Remedy(entry.Key, known);

    /// <summary>The known key that was most likely meant; null where none is near and none means the same.</summary>
    public static string? Meant(string key, IReadOnlyCollection<string> known) =>
        Suggestion.Nearest(key, known) ?? ForeignWord.Meant(key, known);

    /// <summary>Null where the text is no `word:text`.</summary>
    public static string? MissingBlank(string text) => text.IndexOf(':', StringComparison.Ordinal) is var at and > 0 && at < text.Length - 1
        ? $"a blank belongs after the colon: `{text[..at]}: {text[(at + 1)..]}`"
        : null;

    /// <summary>`env:` with `NAME: value` at the same indent: two keys side by side.</summary>
    public static Diagnostic Misplaced(YamlEntry key, YamlEntry owner) => new(
        Severity.Error,
        key.KeyLocation,
        $"`{key.Key}` stands beside `{owner.Key}` and belongs under it",
        owner.Value is YamlScalar { IsEmpty: true }
            ? $"begin it in column {owner.KeyLocation.Column + 2}"
            : $"write it inside: `{owner.Key}: {{ {key.Key}: ... }}`");

    /// <summary>The empty entry that stands right before unknown ones, for each of these.</summary>
    public static IReadOnlyDictionary<YamlEntry, YamlEntry> Owners(YamlMap map, Func<string, bool> isKnown)
    {
        Dictionary<YamlEntry, YamlEntry>? owners = null;
        YamlEntry? owner = null;
        foreach (var entry in map.Entries)
        {
            if (isKnown(entry.Key))
            {
                owner = entry.Value is YamlScalar { IsEmpty: true } ? entry : null;
            }
            else if (owner is not null)
            {
                (owners ??= new(ReferenceEqualityComparer.Instance)).Add(entry, owner);
            }
        }

        return owners ?? None;
    }
}
