using System.Collections.Immutable;
using HookRunner.Core.Diagnostics;
using HookRunner.Core.Yaml;

namespace HookRunner.Core.Steps;

/// <summary>The keys that one mapping of the language may hold. Reading, messages, schema and reference come from it.</summary>
/// <param name="Name">What messages call it: a kind's word, `retry`, `release`.</param>
/// <param name="Keys">In the order of the reference.</param>
/// <param name="Shorthand">The key that a bare text or list stands for.</param>
/// <param name="ShorthandOnly">True where a mapping may not be written at all.</param>
internal sealed record KeyTable(string Name, ImmutableArray<KindKey> Keys, string? Shorthand = null, bool ShorthandOnly = false)
{
    /// <summary>Whose keys these are; null where they are no kind's. Not public, since each would print the other.</summary>
    internal StepKind? Kind { get; init; }

    /// <summary>Keys that begin with `x-` are passed over: a place for anchors.</summary>
    public bool AllowsExtensions { get; init; }

    public KindKey? Find(string name)
    {
        foreach (var key in Keys)
        {
            if (key.Name == name)
            {
                return key;
            }
        }

        return null;
    }

    /// <summary>True where this is one of the forms that may be written.</summary>
    public bool Takes(YamlNode value) => value is YamlMap ? !ShorthandOnly : Shorthand is not null;

    /// <summary>The mapping form of what was written, with unknown, missing and misshapen keys reported.</summary>
    public YamlMap Body(YamlNode value, DiagnosticBag diagnostics)
    {
        if (value is YamlMap map)
        {
            return ShorthandOnly ? Refused(value, $"expected {Wanted()}", null, diagnostics) : Checked(map, diagnostics);
        }

        return Shorthand is { } name && Find(name) is { } key
            ? Short(key, value, diagnostics)
            : Refused(value, "expected a mapping", $"keys: {string.Join(", ", Keys.Select(item => item.Name))}", diagnostics);
    }

    /// <summary>A mistake in the short form names what the person wrote, not the key that it stands for.</summary>
    private YamlMap Short(KindKey key, YamlNode value, DiagnosticBag diagnostics)
    {
        ShapeRules.Check(key with { Name = Name }, value, diagnostics);
        return new YamlMap(value.Location, [new YamlEntry(key.Name, value.Location, value)]);
    }

    private YamlMap Refused(YamlNode value, string expected, string? remedy, DiagnosticBag diagnostics)
    {
        diagnostics.Error(value.Location, $"`{Name}` is {value.Shape}; {expected}", remedy);
        return new YamlMap(value.Location, []);
    }

    private YamlMap Checked(YamlMap map, DiagnosticBag diagnostics)
    {
        var owners = UnknownKey.Owners(map, IsKnown);
        foreach (var entry in map.Entries)
        {
            if (Find(entry.Key) is { } known)
            {
                _ = owners.Values.Any(owner => ReferenceEquals(owner, entry)) || ShapeRules.Check(known, entry.Value, diagnostics);
            }
            else if (owners.TryGetValue(entry, out var hollow))
            {
                diagnostics.Add(UnknownKey.Misplaced(entry, hollow));
            }
            else if (!IsKnown(entry.Key))
            {
                diagnostics.Error(entry.KeyLocation, $"unknown key `{entry.Key}` in `{Name}`", Remedy(entry));
            }
        }

        foreach (var key in Keys.Where(key => key.Required && map[key.Name] is null && !IsMisspelt(key.Name, map)))
        {
            diagnostics.Error(map.Location, $"`{Name}` needs `{key.Name}`: {key.Meaning}");
        }

        return map;
    }

    private string Remedy(YamlEntry entry)
    {
        string[] known = [.. Keys.Select(key => key.Name)];
        return Kind is { } kind && kind.TakesBeside(entry.Key) && UnknownKey.Meant(entry.Key, known) is null
            ? $"it stands beside `{Name}`, not under it"
            : UnknownKey.Remedy(entry, known);
    }

    /// <summary>An unknown key that has been told already stands for this one.</summary>
    private bool IsMisspelt(string name, YamlMap map) => map.Entries.Any(entry => !IsKnown(entry.Key)
        && (entry.Key.StartsWith(name + ":", StringComparison.Ordinal) || UnknownKey.Meant(entry.Key, [.. Keys.Select(key => key.Name)]) == name));

    private bool IsKnown(string key) =>
        Find(key) is not null || (AllowsExtensions && key.StartsWith("x-", StringComparison.Ordinal));

    private string Wanted() => Shorthand is { } name && Find(name)?.Shape is ValueShape.TextList ? "a list" : "text";
}
