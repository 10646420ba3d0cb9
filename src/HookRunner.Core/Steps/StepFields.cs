using System.Collections.Immutable;
using System.Globalization;
using HookRunner.Core.Diagnostics;
using HookRunner.Core.Values;
using HookRunner.Core.Yaml;

namespace HookRunner.Core.Steps;

/// <summary>
/// The fields of one step's kind, typed and with variables put in as far as <see cref="Scope"/> knows them. Every
/// reader reports its own mistakes; what is not yet known reads as the key's default where it has a type other than text.
/// </summary>
internal sealed class StepFields
{
    private readonly YamlMap _body;

    public StepFields(StepKind kind, YamlNode value, IVariableScope scope, DiagnosticBag diagnostics)
    {
        (Kind, Location, Scope, Diagnostics) = (kind, value.Location, scope, diagnostics);
        _body = Body(kind, value, diagnostics);
    }

    public StepKind Kind { get; }

    /// <summary>Where the kind's value stands.</summary>
    public SourceLocation Location { get; }

    public IVariableScope Scope { get; }

    public DiagnosticBag Diagnostics { get; }

    public bool Has(string key) => _body[key] is not null;

    public YamlNode? Node(string key) => _body[key];

    /// <summary>A text with its variables; null where the key is absent.</summary>
    public Template? Text(string key) => Scalar(key) is { } scalar ? Expand(scalar) : null;

    /// <summary>A text whose absence is a mistake, already reported because the key is declared as required.</summary>
    public Template RequiredText(string key) => Text(key) ?? Template.Literal("", Location);

    /// <summary>A text or a list of texts; empty where the key is absent.</summary>
    public ImmutableArray<Template> TextList(string key) => _body[key] switch
    {
        null => [],
        YamlList list => [.. list.Items.Select(item => item as YamlScalar ?? Wrong(item, "text")).OfType<YamlScalar>().Select(Expand)],
        YamlScalar scalar => [Expand(scalar)],
        var other => Report(other, $"`{key}` is {other.Shape}; expected text or a list"),
    };

    /// <summary>A path on the host that is made or changed: absolute, or starting with a variable.</summary>
    public Template? Destination(string key) => Text(key) is { } path ? PathRules.Destination(path, key, Diagnostics) : null;

    public Template RequiredDestination(string key) => Destination(key) ?? Template.Literal("", Location);

    /// <summary>A path that is read: relative to the bundle, absolute, or starting with a variable. Kept as written.</summary>
    public Template? Source(string key) => Text(key) is { } path ? PathRules.NotEmpty(path, key, Diagnostics) : null;

    public TimeSpan? Duration(string key) =>
        Parsed<TimeSpan>(key, Values.Duration.TryParse, Values.Duration.Expected);

    public bool? Flag(string key) => Parsed<bool>(key, Booleans.TryParse, Booleans.Expected);

    public UnixMode? Mode(string key) => Parsed<UnixMode>(key, UnixMode.TryParse, UnixMode.Expected);

    public OwnerName? Owner(string key) => Text(key) is { } text
        ? OwnerName.Parse(text, Diagnostics)
        : null;

    /// <summary>A whole number within bounds, both included.</summary>
    public int? Count(string key, int least, int most) => Parsed<int>(
        key,
        (string text, out int count) =>
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out count) && count >= least && count <= most,
        $"a whole number from {least} to {most}");

    /// <summary>One of the words; null where absent or wrong (reported with the nearest).</summary>
    public string? Word(string key, params string[] words)
    {
        if (Text(key) is not { IsComplete: true } text || text.Text.Length == 0 || words.Contains(text.Text))
        {
            return Text(key) is { IsComplete: true, Text.Length: > 0 } known ? known.Text : null;
        }

        Diagnostics.Error(text.Location, $"`{key}` is `{text.Text}`; expected {string.Join(", ", words.Select(word => $"`{word}`"))}",
            Suggestion.Nearest(text.Text, words) is { } nearest ? $"did you mean `{nearest}`?" : null);
        return null;
    }

    /// <summary>A command inside a kind: text as under <c>run:</c>, or a list as under <c>exec:</c>.</summary>
    public CommandText? Command(string key) => _body[key] is { } node ? CommandText.Read(node, key, Scope, Diagnostics) : null;

    public void Error(string key, string message, string? remedy = null) =>
        Diagnostics.Error(_body[key]?.Location ?? Location, message, remedy);

    private Template Expand(YamlScalar scalar) =>
        Template.Parse(scalar.Text, scalar.Location, Diagnostics).Resolve(Scope, Diagnostics);

    private YamlScalar? Scalar(string key) => _body[key] switch
    {
        null => null,
        YamlScalar { IsEmpty: true } empty => Wrong(empty, "a value; an empty one is written `\"\"`", key),
        YamlScalar scalar => scalar,
        var other => Wrong(other, "text", key),
    };

    private T? Parsed<T>(string key, TryParse<T> tryParse, string expected)
        where T : struct
    {
        if (Text(key) is not { IsComplete: true } text)
        {
            return null;
        }

        if (tryParse(text.Text, out var value))
        {
            return value;
        }

        Diagnostics.Error(text.Location, $"`{key}` is `{text.Text}`; expected {expected}");
        return null;
    }

    private YamlScalar? Wrong(YamlNode node, string expected, string? key = null)
    {
        Diagnostics.Error(node.Location, $"{(key is null ? "this" : $"`{key}`")} is {node.Shape}; expected {expected}");
        return null;
    }

    private ImmutableArray<Template> Report(YamlNode node, string message)
    {
        Diagnostics.Error(node.Location, message);
        return [];
    }

    /// <summary>The mapping form of what was written, with unknown and missing keys reported.</summary>
    private static YamlMap Body(StepKind kind, YamlNode value, DiagnosticBag diagnostics)
    {
        var map = value as YamlMap;
        if (map is not null && kind.ShorthandOnly)
        {
            diagnostics.Error(value.Location, $"`{kind.Name}` is a mapping; expected {Wanted(kind)}");
            return new YamlMap(value.Location, []);
        }

        if (map is null && kind.Shorthand is { } key)
        {
            map = new YamlMap(value.Location, [new YamlEntry(key, value.Location, value)]);
        }

        if (map is null)
        {
            diagnostics.Error(value.Location, $"`{kind.Name}` is {value.Shape}; expected a mapping",
                $"keys: {string.Join(", ", kind.Keys.Select(item => item.Name))}");
            return new YamlMap(value.Location, []);
        }

        CheckKeys(kind, map, diagnostics);
        return map;
    }

    private static void CheckKeys(StepKind kind, YamlMap map, DiagnosticBag diagnostics)
    {
        var known = kind.Keys.Select(key => key.Name).ToList();
        foreach (var entry in map.Entries.Where(entry => !known.Contains(entry.Key)))
        {
            diagnostics.Error(entry.KeyLocation, $"unknown key `{entry.Key}` in `{kind.Name}`", Suggestion.Remedy(entry.Key, known));
        }

        foreach (var key in kind.Keys.Where(key => key.Required && map[key.Name] is null))
        {
            diagnostics.Error(map.Location, $"`{kind.Name}` needs `{key.Name}`: {key.Meaning}");
        }
    }

    private static string Wanted(StepKind kind) =>
        kind.Keys.FirstOrDefault(key => key.Name == kind.Shorthand)?.Shape is ValueShape.TextList ? "a list" : "text";

    private delegate bool TryParse<T>(string text, out T value);
}
