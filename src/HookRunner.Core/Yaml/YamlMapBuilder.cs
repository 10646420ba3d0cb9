using System.Collections.Immutable;
using HookRunner.Core.Diagnostics;

namespace HookRunner.Core.Yaml;

/// <summary>Collects the entries of one mapping: keys are unique, and `&lt;&lt;` brings those that are not written.</summary>
internal sealed class YamlMapBuilder
{
    private const int SearchedOneByOne = 8;

    private readonly List<YamlEntry> _entries = [];
    private Dictionary<string, YamlEntry>? _byKey;
    private List<(int At, YamlNode Value)>? _merged;
    private YamlScalar? _key;

    private bool _isValue;

    /// <summary>Takes keys and values in turn.</summary>
    public void Take(YamlNode node, DiagnosticBag diagnostics)
    {
        if (_isValue)
        {
            AddValue(node, diagnostics);
        }
        else
        {
            _key = Key(node, diagnostics);
        }

        _isValue = !_isValue;
    }

    public ImmutableArray<YamlEntry> Build()
    {
        if (_merged is null)
        {
            return [.. _entries];
        }

        var written = _entries.Select(entry => entry.Key).ToHashSet();
        for (var i = _merged.Count - 1; i >= 0; i--)
        {
            var brought = Maps(_merged[i].Value).SelectMany(map => map.Entries).Where(entry => written.Add(entry.Key)).ToList();
            _entries.InsertRange(_merged[i].At, brought);
        }

        return [.. _entries];
    }

    /// <summary>Null for a key that is none; its value is dropped then.</summary>
    private static YamlScalar? Key(YamlNode node, DiagnosticBag diagnostics)
    {
        if (node is YamlScalar { IsEmpty: false } key)
        {
            return key;
        }

        diagnostics.Error(node.Location, $"a key is {node.Shape}; expected text");
        return null;
    }

    private void AddValue(YamlNode value, DiagnosticBag diagnostics)
    {
        if (_key is not { } key)
        {
            return;
        }

        if (key is { Text: "<<", Style: ScalarStyle.Plain })
        {
            CheckMerged(value, diagnostics);
            (_merged ??= []).Add((_entries.Count, value));
        }
        else if (Find(key.Text) is { } first)
        {
            diagnostics.Error(key.Location, $"`{key.Text}` is written twice in one mapping; first in line {first.KeyLocation.Line}",
                "keep one of them");
        }
        else
        {
            Add(new YamlEntry(key.Text, key.Location, value));
        }
    }

    private static IEnumerable<YamlMap> Maps(YamlNode value) => value switch
    {
        YamlMap map => [map],
        YamlList list => list.Items.OfType<YamlMap>(),
        _ => [],
    };

    private static void CheckMerged(YamlNode value, DiagnosticBag diagnostics)
    {
        var wrong = value is YamlList list ? list.Items.FirstOrDefault(item => item is not YamlMap) : value is YamlMap ? null : value;
        if (wrong is not null)
        {
            diagnostics.Error(wrong.Location, $"`<<` is {wrong.Shape}; expected a mapping", "write `<<: *name`, where `&name` stands before a mapping");
        }
    }

    private YamlEntry? Find(string key)
    {
        if (_entries.Count > SearchedOneByOne)
        {
            _byKey ??= _entries.ToDictionary(entry => entry.Key);
            return _byKey.GetValueOrDefault(key);
        }

        return _entries.Find(entry => entry.Key == key);
    }

    private void Add(YamlEntry entry)
    {
        _entries.Add(entry);
        _byKey?.Add(entry.Key, entry);
    }
}
