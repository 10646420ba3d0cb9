using System.Collections.Immutable;
using System.Globalization;
using HookRunner.Core.Diagnostics;
using HookRunner.Core.Values;
using HookRunner.Core.Yaml;

namespace HookRunner.Core.Steps;

/// <summary>
/// The keys of one mapping, typed and with variables put in as far as <see cref="Scope"/> knows them. Every reader
/// reports its own mistakes; what is not yet known reads as the key's default where it has a type other than text.
/// </summary>
internal class Fields
{
    private readonly YamlMap _body;
    private readonly KeyTable? _table;
    private readonly bool _isShort;

    public Fields(KeyTable table, YamlNode value, IVariableScope scope, DiagnosticBag diagnostics)
        : this(table.Body(value, diagnostics), scope, diagnostics) =>
        (_table, _isShort) = (table, value is not YamlMap);

    /// <summary>Over a mapping whose keys have been checked already.</summary>
    public Fields(YamlMap body, IVariableScope scope, DiagnosticBag diagnostics) =>
        (_body, Location, Scope, Diagnostics) = (body, body.Location, scope, diagnostics);

    /// <summary>Where the value stands.</summary>
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
    public ImmutableArray<Template> TextList(string key)
    {
        if (_body[key] is not { } node || !ShapeRules.IsTextOrList(Key(key), node, Diagnostics))
        {
            return [];
        }

        return node is YamlList list ? [.. list.Items.Select(item => Expand((YamlScalar)item))] : [Expand((YamlScalar)node)];
    }

    /// <summary>A mapping of names to texts, in the order written; empty where the key is absent.</summary>
    public ImmutableArray<(string Name, Template Value)> TextMap(string key) => _body[key] is YamlMap map
        ? [.. map.Entries.Where(entry => ShapeRules.IsText(entry.Key, entry.Value, Diagnostics)).Select(entry => (entry.Key, Expand((YamlScalar)entry.Value)))]
        : [];

    /// <summary>A path on the host that is made or changed: absolute, or starting with a variable.</summary>
    public Template? Destination(string key) => Text(key) is { } path ? PathRules.Destination(path, Shown(key), Diagnostics) : null;

    /// <summary>One such path or a list of them; empty after a reported mistake.</summary>
    public ImmutableArray<Template> Destinations(string key)
    {
        var paths = TextList(key).Select(path => PathRules.Destination(path, Shown(key), Diagnostics)).ToImmutableArray();
        return paths.Contains(null) ? [] : [.. paths.OfType<Template>()];
    }

    public Template RequiredDestination(string key) => Destination(key) ?? Template.Literal("", Location);

    /// <summary>A path that is read: relative to the bundle, absolute, or starting with a variable. Kept as written.</summary>
    public Template? Source(string key) => Text(key) is { } path ? PathRules.NotEmpty(path, Shown(key), Diagnostics) : null;

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
        if (Text(key) is not { IsComplete: true } text)
        {
            return null;
        }

        if (words.Contains(text.Text))
        {
            return text.Text;
        }

        Diagnostics.Error(text.Location, $"`{Shown(key)}` is `{text.Text}`; expected {string.Join(", ", words.Select(word => $"`{word}`"))}",
            Suggestion.Nearest(text.Text, words) is { } nearest ? $"did you mean `{nearest}`?" : null);
        return null;
    }

    /// <summary>A command inside a kind: text as under <c>run:</c>, or a list as under <c>exec:</c>.</summary>
    public CommandText? Command(string key) => _body[key] is { } node ? CommandText.Read(node, Shown(key), Scope, Diagnostics) : null;

    public void Error(string key, string message, string? remedy = null) =>
        Diagnostics.Error(_body[key]?.Location ?? Location, message, remedy);

    private string Shown(string key) => Key(key).Name;

    /// <summary>As declared; a mistake in the short form names what the person wrote, not the key that it stands for.</summary>
    private KindKey Key(string name) => _table?.Find(name) is { } key
        ? _isShort && _table.Shorthand == name ? key with { Name = _table.Name } : key
        : KindKey.Undeclared(name);

    private Template Expand(YamlScalar scalar) =>
        Template.Parse(scalar.Text, scalar.Location, Diagnostics).Resolve(Scope, Diagnostics);

    private YamlScalar? Scalar(string key) =>
        _body[key] is { } node && ShapeRules.IsText(Key(key), node, Diagnostics) ? (YamlScalar)node : null;

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

        Diagnostics.Error(text.Location, $"`{Shown(key)}` is `{text.Text}`; expected {expected}");
        return null;
    }

    private delegate bool TryParse<T>(string text, out T value);
}
