using System.Collections.Immutable;

namespace HookRunner.Core.Yaml;

/// <summary>Quotes that do not end, end too soon, or hold a backslash that means nothing.</summary>
internal static class YamlQuotes
{
    public static YamlExplanation? Explain(YamlSyntaxError error) => Escape(error) ?? Unclosed(error) ?? TooSoon(error);

    private static YamlExplanation? Escape(YamlSyntaxError error)
    {
        if (!error.Says("unknown escape character") && !error.Says("hexadecimal number") && !error.Says("surrogate") && !error.Says("escape code"))
        {
            return null;
        }

        var content = error.Source.Content;
        var at = Math.Max(content.LastIndexOf('\\', Math.Min(error.End, content.Length - 1)), 0);
        var escape = content.Substring(at, Math.Min(2, content.Length - at));
        return new YamlExplanation(
            error.At(at, $"`{escape}` is no escape in double quotes", "a backslash itself is written `\\\\`; in single quotes it stands for itself"),
            [new YamlEdit(at, 0, "\\")]);
    }

    /// <summary>The repair ends the text with its first line, where the quote was most likely forgotten.</summary>
    private static YamlExplanation? Unclosed(YamlSyntaxError error)
    {
        if (!error.Says("quoted scalar") && !error.Says("wrong indentation"))
        {
            return null;
        }

        var content = error.Source.Content;
        var lineEnd = content.IndexOf('\n', error.Index);
        var end = lineEnd < 0 ? content.Length : lineEnd;
        var line = content.AsSpan(error.Index, end - error.Index);
        ImmutableArray<YamlEdit> repair = line is ['"' or '\'', ..] && !line.ContainsAny('{', '[', '#')
            ? [new YamlEdit(error.Index + line.TrimEnd("\r ,]}").Length, 0, line[..1].ToString())]
            : [];
        return new YamlExplanation(
            error.At(error.Index, "this quote is not closed, or its text goes on too far left", "put the same quote at its end"), repair);
    }

    private static YamlExplanation? TooSoon(YamlSyntaxError error) =>
        error.Source.Content.AsSpan(0, error.Index).TrimEnd(' ') switch
        {
            [.., '\''] => Behind(error, "inside single quotes a quote is written `''`"),
            [.., '"'] => Behind(error, "inside double quotes a quote is written `\\\"`"),
            _ => null,
        };

    private static YamlExplanation? Behind(YamlSyntaxError error, string remedy) =>
        YamlExplanation.Of(error.At(error.Index, "text goes on behind the closing quote", remedy));
}
