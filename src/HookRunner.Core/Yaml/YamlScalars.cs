using HookRunner.Core.Diagnostics;
using YamlDotNet.Core.Events;

namespace HookRunner.Core.Yaml;

/// <summary>What the reader says of one node, in our terms.</summary>
internal static class YamlScalars
{
    public static YamlScalar From(Scalar scalar, YamlText source, DiagnosticBag diagnostics)
    {
        var style = Style(scalar.Style);
        var text = scalar.Value;
        var place = source.At(text.Length == 0 && style == ScalarStyle.Plain ? scalar.Start.Index : OwnIndex(scalar, source.Content));
        if (text.Contains('\0', StringComparison.Ordinal))
        {
            diagnostics.Error(place, "a NUL byte (`\\0`) may not stand in a text");
            text = text.Replace("\0", "", StringComparison.Ordinal);
        }

        return new YamlScalar(place, text, style)
        {
            Lines = scalar.End.Line > scalar.Start.Line ? CountLines(source.Content, scalar, style) : 1,
            CommentFollows = style == ScalarStyle.Plain && CommentFollows(source.Content, (int)scalar.End.Index),
        };
    }

    /// <summary>The node's own first character: the reader's start may be that of an anchor or tag before it.</summary>
    public static int OwnIndex(NodeEvent item, string text)
    {
        var at = (int)Math.Clamp(item.Start.Index, 0, text.Length);
        if (item.Anchor.IsEmpty && item.Tag.IsEmpty)
        {
            return at;
        }

        var own = at;
        while (own < text.Length && text[own] is '&' or '!')
        {
            own = SkipBlanks(text, SkipWord(text, own));
        }

        return own < text.Length ? own : at;
    }

    private static int SkipWord(string text, int at)
    {
        var length = text.AsSpan(at).IndexOfAny(" \t\r\n,]}");
        return length < 0 ? text.Length : at + length;
    }

    private static int SkipBlanks(string text, int at)
    {
        while (at < text.Length && text[at] is ' ' or '\t' or '\r' or '\n' or '#')
        {
            at = text[at] != '#' ? at + 1 : text.IndexOf('\n', at) is var end and >= 0 ? end : text.Length;
        }

        return at;
    }

    private static int CountLines(string text, Scalar scalar, ScalarStyle style)
    {
        var (start, end) = ((int)scalar.Start.Index, (int)Math.Min(scalar.End.Index, text.Length));
        var lines = 0;
        foreach (var line in text.AsSpan(start, end - start).EnumerateLines())
        {
            lines += line.Trim(" \t").IsEmpty ? 0 : 1;
        }

        return style is ScalarStyle.Literal or ScalarStyle.Folded ? Math.Max(lines - 1, 1) : lines;
    }

    private static bool CommentFollows(string text, int end)
    {
        var rest = text.AsSpan(Math.Min(end, text.Length)).TrimStart(" \t");
        return rest.StartsWith('#');
    }

    private static ScalarStyle Style(YamlDotNet.Core.ScalarStyle style) => style switch
    {
        YamlDotNet.Core.ScalarStyle.Literal => ScalarStyle.Literal,
        YamlDotNet.Core.ScalarStyle.Folded => ScalarStyle.Folded,
        YamlDotNet.Core.ScalarStyle.SingleQuoted or YamlDotNet.Core.ScalarStyle.DoubleQuoted => ScalarStyle.Quoted,
        _ => ScalarStyle.Plain,
    };
}
