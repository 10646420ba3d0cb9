using System.Collections.Immutable;
using HookRunner.Core.Diagnostics;

namespace HookRunner.Core.Yaml;

/// <summary>A list or mapping whose end has not been read yet.</summary>
internal sealed class YamlFrame
{
    private readonly ImmutableArray<YamlNode>.Builder _items = ImmutableArray.CreateBuilder<YamlNode>();
    private readonly YamlMapBuilder _entries = new();
    private int _nodes = 1;
    private int _height;

    /// <summary>Null: the reader names no place (a pair without braces in a list); its first node's place serves.</summary>
    public SourceLocation? Location { get; set; }

    /// <summary>The `&amp;name` in front of it; empty where there is none.</summary>
    public required string Anchor { get; init; }

    public required bool IsMap { get; init; }

    public void Take(YamlSubtree child, DiagnosticBag diagnostics)
    {
        _nodes += child.Nodes;
        _height = Math.Max(_height, child.Height);
        Location ??= child.Node.Location;
        if (IsMap)
        {
            _entries.Take(child.Node, diagnostics);
        }
        else
        {
            _items.Add(child.Node);
        }
    }

    public YamlSubtree Close(SourceLocation end)
    {
        var place = Location ?? end;
        YamlNode node = IsMap ? new YamlMap(place, _entries.Build()) : new YamlList(place, _items.DrainToImmutable());
        return new YamlSubtree(node, _nodes, _height + 1);
    }
}
