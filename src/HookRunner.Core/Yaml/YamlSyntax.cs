using HookRunner.Core.Diagnostics;

namespace HookRunner.Core.Yaml;

/// <summary>The general words for text that is no YAML.</summary>
internal static class YamlSyntax
{
    public static YamlExplanation Explain(YamlSyntaxError error) =>
        YamlIndentation.Explain(error)
        ?? MissingColon(error)
        ?? TooDeep(error)
        ?? (error.Says("flow") || error.Says("operation is not valid") || error.Says("node content") ? YamlBrackets.Explain(error) : null)
        ?? YamlExplanation.Of(
            Quotes(error)
            ?? YamlWords.For(error)
            ?? error.At(error.Index, $"no valid YAML: {Lower(error.Reason.TrimEnd('.'))}"))!;

    /// <summary>A line without a colon goes on in the next one, whose colon is then one too many.</summary>
    private static YamlExplanation? MissingColon(YamlSyntaxError error)
    {
        if (!error.Says("multiline plain scalar") && !error.Says("could not find expected ':'") && !error.Says("did not find expected key"))
        {
            return null;
        }

        var place = error.Source.At(error.Index);
        var here = (Number: place.Line, Text: error.Source.Line(place.Line));
        foreach (var (number, text) in YamlLines.Above(error.Source, place.Line).Prepend(here).Take(2))
        {
            var word = text.AsSpan().Trim(" -\t").ToString();
            if (word.Length > 0 && !word.Contains(": ", StringComparison.Ordinal) && !word.EndsWith(':'))
            {
                var (start, colon) = (text.IndexOf(word, StringComparison.Ordinal), word.IndexOf(':', StringComparison.Ordinal));
                var key = new SourceLocation(error.Source, number, start + 1);
                var words = new Diagnostic(Severity.Error, key, $"`{word}` is no key: a colon is missing",
                    colon >= 0 ? "a blank belongs after the colon" : $"write `{word}:`");
                var end = error.Source.IndexOf(key) + (colon >= 0 ? colon + 1 : word.Length);
                return new YamlExplanation(words, [new YamlEdit(end, 0, colon >= 0 ? " " : ":")]);
            }
        }

        return null;
    }

    /// <summary>A key deeper than the line above, where that line has a value already: YAML takes it for more of that value.</summary>
    private static YamlExplanation? TooDeep(YamlSyntaxError error)
    {
        var place = error.Source.At(error.Index);
        var (line, above) = (error.Source.Line(place.Line), YamlLines.Above(error.Source, place.Line).FirstOrDefault().Text ?? "");
        var indentation = YamlLines.Indentation(line);
        var column = YamlLines.Openings(above).Select(item => item.Column).LastOrDefault();
        if (!error.Says("invalid mapping") || column == 0 || indentation < column || line[indentation..(place.Column - 1)].Contains(' '))
        {
            return null;
        }

        var own = place with { Column = indentation + 1 };
        var words = new Diagnostic(Severity.Error, own,
            $"`{line[indentation..(place.Column - 1)]}` stands deeper than the line above, which has a value already", $"move it to column {column}");
        return new YamlExplanation(words, YamlIndentation.Moved(error.Source, own, column));
    }

    private static Diagnostic? Quotes(YamlSyntaxError error)
    {
        if (error.Says("unknown escape character") || error.Says("hexadecimal number") || error.Says("surrogate") || error.Says("escape code"))
        {
            var content = error.Source.Content;
            var at = Math.Max(content.LastIndexOf('\\', Math.Min(error.End, content.Length - 1)), 0);
            var escape = content.AsSpan(at);
            return error.At(at, $"`{(escape.Length < 2 ? escape : escape[..2])}` is no escape in double quotes",
                "a backslash itself is written `\\\\`; in single quotes it stands for itself");
        }

        if (error.Says("quoted scalar") || error.Says("wrong indentation"))
        {
            return error.At(error.Index, "this quote is not closed, or its text goes on too far left", "put the same quote at its end");
        }

        var before = error.Source.Content.AsSpan(0, error.Index).TrimEnd(' ');
        return before is not [.., '"' or '\''] ? null : before[^1] == '\''
            ? error.At(error.Index, "text goes on behind the closing quote", "inside single quotes a quote is written `''`")
            : error.At(error.Index, "text goes on behind the closing quote", "inside double quotes a quote is written `\\\"`");
    }

    private static string Lower(string text) => text.Length == 0 ? text : char.ToLowerInvariant(text[0]) + text[1..];
}
