using System.Collections.Immutable;
using HookRunner.Core.Diagnostics;
using HookRunner.Core.Yaml;

namespace HookRunner.Core.Deployment;

/// <summary>The pieces that every section of appspec.yml is read with.</summary>
internal sealed class AppSpecTexts(DiagnosticBag diagnostics)
{
    public DiagnosticBag Diagnostics => diagnostics;

    /// <summary>A value as a message shows it.</summary>
    public static string Shown(YamlNode node) => node switch
    {
        YamlScalar { Style: ScalarStyle.Quoted } quoted => $"`\"{quoted.Text}\"`",
        YamlScalar { IsEmpty: false } text => $"`{text.Text}`",
        _ => node.Shape,
    };

    /// <summary>Null after a reported mistake.</summary>
    public string? Text(YamlNode node, string key)
    {
        if (node is YamlScalar { Text: var text } && text.Trim().Length > 0)
        {
            return text;
        }

        diagnostics.Error(node.Location, $"`{key}` is {(node is YamlScalar { IsEmpty: false } ? "blank" : node.Shape)}; expected text");
        return null;
    }

    /// <summary>A key that must be there; null after a reported mistake.</summary>
    public string? Required(YamlMap entry, string key, string what)
    {
        if (entry[key] is { } node)
        {
            return Text(node, key);
        }

        diagnostics.Error(entry.Location, $"{what} has no `{key}`; both agents refuse the file");
        return null;
    }

    /// <summary>The mappings of a list; anything else in its place is reported.</summary>
    public IEnumerable<YamlMap> Mappings(YamlNode? node, string key)
    {
        switch (node)
        {
            case null:
                yield break;
            case YamlList list:
                foreach (var item in list.Items)
                {
                    if (item is YamlMap map)
                    {
                        yield return map;
                        continue;
                    }

                    diagnostics.Error(item.Location, $"an entry of `{key}` is {item.Shape}; both agents want a mapping");
                }

                break;
            case YamlScalar { IsEmpty: true }:
                diagnostics.Error(node.Location, $"`{key}` holds nothing; agent 1.8 refuses the file", "take the key out, or write a list");
                break;
            default:
                diagnostics.Error(node.Location, $"`{key}` is {node.Shape}; both agents want a list", "begin each entry with `- `");
                break;
        }
    }

    /// <summary>One text or a list of them.</summary>
    public ImmutableArray<string> TextsOf(YamlNode? node, string key) => node switch
    {
        null or YamlScalar { IsEmpty: true } => [],
        YamlList list => [.. list.Items.Select(item => Text(item, key)).OfType<string>()],
        _ => Text(node, key) is { } text ? [text] : [],
    };

    public void WarnOfUnknownKeys(YamlMap map, string where, string[] known)
    {
        foreach (var entry in map.Entries)
        {
            if (!known.Contains(entry.Key))
            {
                diagnostics.Warning(entry.KeyLocation, $"unknown key `{entry.Key}` in {where}; both agents pass it over silently",
                    Suggestion.Remedy(entry.Key, known));
            }
        }
    }
}
