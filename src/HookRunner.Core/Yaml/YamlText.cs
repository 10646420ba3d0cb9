using System.Collections.Immutable;
using System.Text;
using HookRunner.Core.Diagnostics;

namespace HookRunner.Core.Yaml;

/// <summary>A text as the reader sees it: as written, or with a few changes; places are always those of the text as written.</summary>
internal sealed class YamlText
{
    private readonly ImmutableArray<YamlEdit> _edits;

    public YamlText(SourceText source)
        : this(source, [])
    {
    }

    private YamlText(SourceText source, ImmutableArray<YamlEdit> edits)
    {
        (Source, _edits) = (source, edits);
        Content = edits.IsEmpty ? source.Content : Changed(source.Content, edits);
    }

    /// <summary>The text as written.</summary>
    public SourceText Source { get; }

    public string Content { get; }

    /// <summary>Null where two changes would touch the same characters.</summary>
    public YamlText? With(ImmutableArray<YamlEdit> more)
    {
        var edits = _edits.Concat(more).OrderBy(edit => edit.Index).ToImmutableArray();
        for (var i = 1; i < edits.Length; i++)
        {
            if (edits[i - 1].Index + edits[i - 1].Removed > edits[i].Index)
            {
                return null;
            }
        }

        return new YamlText(Source, edits);
    }

    /// <summary>Where a character of <see cref="Content"/> stands in the text as written.</summary>
    public SourceLocation At(long index) => Source.At(Written(index));

    /// <summary>The index in the text as written.</summary>
    public int Written(long index)
    {
        var written = (int)Math.Clamp(index, 0, Content.Length);
        foreach (var edit in _edits)
        {
            if (written < edit.Index)
            {
                break;
            }

            written = Math.Max(written - edit.Inserted.Length, edit.Index) + edit.Removed;
        }

        return Math.Min(written, Source.Content.Length);
    }

    private static string Changed(string content, ImmutableArray<YamlEdit> edits)
    {
        var text = new StringBuilder(content.Length + edits.Length);
        var done = 0;
        foreach (var edit in edits)
        {
            text.Append(content, done, edit.Index - done).Append(edit.Inserted);
            done = edit.Index + edit.Removed;
        }

        return text.Append(content, done, content.Length - done).ToString();
    }
}
