using HookRunner.Core.Diagnostics;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace HookRunner.Core.Yaml;

/// <summary>Makes the tree out of the reader's events, without recursion. An alias shares its anchor's node.</summary>
internal sealed class YamlTreeBuilder(YamlText text, DiagnosticBag diagnostics, YamlTrap? trap)
{
    /// <summary>Levels of lists and mappings, those behind aliases counted.</summary>
    public const int Deepest = 64;

    /// <summary>Nodes in all, aliases counted as if written out: the bound of every later walk.</summary>
    public const int MostNodes = 50_000;

    private readonly Stack<YamlFrame> _open = new();
    private readonly Dictionary<string, YamlSubtree> _anchors = [];
    private int _nodes;
    private bool _documentEnded;

    public YamlNode? Root { get; private set; }

    /// <summary>True after a reported mistake that leaves no sense in reading on.</summary>
    public bool IsBroken { get; private set; }

    public void Accept(ParsingEvent item) => IsBroken |= !Take(item);

    private bool Take(ParsingEvent item)
    {
        switch (item)
        {
            case Scalar scalar:
                return Spend(1, scalar.Start) && Attach(Text(scalar), Name(scalar));
            case MappingStart or SequenceStart:
                return Spend(1, item.Start) && Open((NodeEvent)item);
            case MappingEnd or SequenceEnd:
                var frame = _open.Pop();
                return Attach(frame.Close(text.At(item.Start.Index)), frame.Anchor);
            case AnchorAlias alias:
                return Alias(alias.Value.Value, alias.Start);
            case DocumentEnd:
                _documentEnded = true;
                return true;
            case DocumentStart when _documentEnded:
                diagnostics.Error(text.At(item.Start.Index), "a second document begins here; expected one", "take out the `---`");
                return false;
            default:
                return true;
        }
    }

    private static string Name(NodeEvent item) => item.Anchor.IsEmpty ? "" : item.Anchor.Value;

    private YamlSubtree Text(Scalar scalar)
    {
        CheckTag(scalar);
        return new YamlSubtree(YamlScalars.From(scalar, text, diagnostics), 1, 0);
    }

    private bool Open(NodeEvent start)
    {
        CheckTag(start);
        if (!Fits(1, text.At(start.Start.Index)))
        {
            return false;
        }

        var isPlaced = start.Start.Index > 0 || _open.Count == 0;
        _open.Push(new YamlFrame
        {
            Anchor = Name(start),
            IsMap = start is MappingStart,
            Location = isPlaced ? text.At(YamlScalars.OwnIndex(start, text.Content)) : null,
        });
        return true;
    }

    private bool Attach(YamlSubtree subtree, string anchor)
    {
        if (anchor.Length > 0)
        {
            _anchors[anchor] = subtree;
        }

        if (_open.TryPeek(out var parent))
        {
            parent.Take(subtree, diagnostics);
        }
        else
        {
            Root = subtree.Node;
        }

        return true;
    }

    private bool Alias(string name, Mark start)
    {
        var place = text.At(start.Index);
        if (_open.Any(frame => frame.Anchor == name))
        {
            diagnostics.Error(place, $"`*{name}` stands inside `&{name}`, which would never end");
            return false;
        }

        if (_anchors.TryGetValue(name, out var anchor))
        {
            return Fits(anchor.Height, place) && Spend(anchor.Nodes, start) && Attach(anchor, "");
        }

        Say(start, new Diagnostic(Severity.Error, place, $"`*{name}` is an alias, and no `&{name}` stands before it",
            Suggestion.Nearest(name, _anchors.Keys) is { } near
                ? $"did you mean `*{near}`?"
                : $"text that starts with `*` needs quotes: `\"*{name}\"`"));
        return Spend(1, start) && Attach(new YamlSubtree(new YamlScalar(place, $"*{name}", ScalarStyle.Quoted), 1, 0), "");
    }

    private bool Fits(int height, SourceLocation place)
    {
        if (_open.Count + height <= Deepest)
        {
            return true;
        }

        diagnostics.Error(place, $"lists and mappings stand more than {Deepest} deep in each other");
        return false;
    }

    private bool Spend(int nodes, Mark start)
    {
        _nodes += nodes;
        if (_nodes <= MostNodes)
        {
            return true;
        }

        diagnostics.Error(text.At(start.Index), $"the file holds more than {MostNodes} values, those behind aliases counted");
        return false;
    }

    private void CheckTag(NodeEvent item)
    {
        if (item.Tag.IsEmpty)
        {
            return;
        }

        var content = text.Content;
        var at = content.IndexOf('!', (int)item.Start.Index);
        var end = content.AsSpan(at).IndexOfAny(" ,\n\r\t");
        var tag = end < 0 ? content[at..] : content.Substring(at, end);
        Say(new Mark(at, 1, 1), new Diagnostic(Severity.Error, text.At(at), $"`{tag}` is a YAML tag, which would be dropped",
            "put text that starts with `!` in quotes"));
    }

    /// <summary>What the language knows better, or these words.</summary>
    private void Say(Mark start, Diagnostic general)
    {
        var at = text.Written(start.Index);
        diagnostics.Add(trap?.Invoke(new YamlSyntaxError(text.Source, at, at, ""))?.Diagnostic ?? general);
    }
}
