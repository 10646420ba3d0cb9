using System.Collections.Immutable;
using HookRunner.Core.Diagnostics;
using HookRunner.Core.Yaml;

namespace HookRunner.Core.Language;

/// <summary>The group patterns of every environment and role by its name, known before any step is read.</summary>
internal sealed record ScopeGroups
{
    private bool _hasDefault;

    public required IReadOnlyDictionary<string, ImmutableArray<GroupPattern>> Environments { get; init; }

    public required IReadOnlyDictionary<string, ImmutableArray<GroupPattern>> Roles { get; init; }

    /// <summary>The captures of all patterns: each is a variable where its pattern matches.</summary>
    public IEnumerable<(string Name, SourceLocation Location)> Captures =>
        Environments.Values.Concat(Roles.Values).SelectMany(patterns => patterns)
            .SelectMany(pattern => pattern.CaptureNames.Select(name => (name, pattern.Location)));

    public static ScopeGroups From(YamlMap root, DiagnosticBag diagnostics) => new()
    {
        Environments = ReadAll(root["environments"], diagnostics),
        Roles = ReadAll(root["roles"], diagnostics),
        _hasDefault = root["environments"] is YamlMap map
            && map.Entries.Any(entry => (entry.Value as YamlMap)?["default"] is YamlScalar { Text: "true" }),
    };

    /// <summary>True where some environment takes this group.</summary>
    public bool CanBe(string group) => Environments.Count == 0 || _hasDefault
        || Environments.Values.Any(patterns => patterns.Any(pattern => pattern.Matches(group)));

    private static Dictionary<string, ImmutableArray<GroupPattern>> ReadAll(YamlNode? scopes, DiagnosticBag diagnostics)
    {
        var all = new Dictionary<string, ImmutableArray<GroupPattern>>();
        foreach (var entry in Entries.Of(scopes))
        {
            all[entry.Key] = (entry.Value as YamlMap)?["groups"] is { } groups ? Read(groups, diagnostics) : [];
        }

        return all;
    }

    private static ImmutableArray<GroupPattern> Read(YamlNode node, DiagnosticBag diagnostics)
    {
        if (node is YamlList { Items.IsEmpty: true })
        {
            diagnostics.Error(node.Location, "`groups` is an empty list, which matches no group", "name a group, or write `default: true` instead");
        }

        return [.. PlainText.ReadMany(node, "groups", diagnostics)
            .Select(item => GroupPattern.Parse(item.Text, item.Location, diagnostics)).OfType<GroupPattern>()];
    }
}
