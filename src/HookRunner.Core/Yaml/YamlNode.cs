using System.Collections.Immutable;
using HookRunner.Core.Diagnostics;

namespace HookRunner.Core.Yaml;

/// <summary>One node of a YAML document with the place it was written. Aliases and merge keys are already expanded.</summary>
internal abstract record YamlNode(SourceLocation Location)
{
    /// <summary>What a message calls this shape: <c>text</c>, <c>a list</c>, <c>a mapping</c>.</summary>
    public abstract string Shape { get; }
}

/// <summary>How a scalar was written; only plain ones can be empty by accident.</summary>
internal enum ScalarStyle
{
    Plain,
    Quoted,
    Literal,
    Folded,
}

/// <summary>A text as written: no type is guessed.</summary>
internal sealed record YamlScalar(SourceLocation Location, string Text, ScalarStyle Style) : YamlNode(Location)
{
    public override string Shape => IsEmpty ? "nothing" : "text";

    /// <summary>A `#` comment stands behind it on its last line.</summary>
    public bool CommentFollows { get; init; }

    /// <summary>Lines of the file that it fills, blank ones and a block's first left out; YAML joins them except under `|`.</summary>
    public int Lines { get; init; } = 1;

    /// <summary>Nothing was written (<c>key:</c>), which is not the same as <c>""</c>.</summary>
    public bool IsEmpty => Style == ScalarStyle.Plain && Text.Length == 0;
}

internal sealed record YamlList(SourceLocation Location, ImmutableArray<YamlNode> Items) : YamlNode(Location)
{
    public override string Shape => "a list";
}

/// <summary>A mapping in the order written; keys are unique.</summary>
internal sealed record YamlMap(SourceLocation Location, ImmutableArray<YamlEntry> Entries) : YamlNode(Location)
{
    public override string Shape => "a mapping";

    public YamlEntry? Find(string key)
    {
        foreach (var entry in Entries)
        {
            if (entry.Key == key)
            {
                return entry;
            }
        }

        return null;
    }

    public YamlNode? this[string key] => Find(key)?.Value;
}

/// <summary>One <c>key: value</c> of a mapping.</summary>
internal sealed record YamlEntry(string Key, SourceLocation KeyLocation, YamlNode Value);
