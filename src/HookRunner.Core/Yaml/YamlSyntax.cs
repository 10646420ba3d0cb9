using HookRunner.Core.Diagnostics;

namespace HookRunner.Core.Yaml;

/// <summary>The general words for text that is no YAML.</summary>
internal static class YamlSyntax
{
    public static YamlExplanation Explain(YamlSyntaxError error) =>
        YamlIndentation.Explain(error)
        ?? MissingColon(error)
        ?? TooDeep(error)
        ?? YamlExplanation.Of(
            Quotes(error)
            ?? (error.Says("flow") || error.Says("operation is not valid") ? YamlBrackets.Explain(error) : null)
            ?? Known(error)
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

    private static Diagnostic? Known(YamlSyntaxError error)
    {
        var at = error.Index < error.Source.Content.Length ? error.Source.Content[error.Index] : '\0';
        return error switch
        {
            _ when error.Says("cannot start any token") =>
                error.At(error.Index, $"YAML lets no text begin with {(at == '`' ? "a backtick" : $"`{at}`")}", "put the text in quotes"),
            _ when error.Says("invalid mapping") || error.Says("mapping values are not allowed") =>
                error.At(error.Index, "a colon and a blank inside a text begin a mapping", "put the text in quotes"),
            _ when error.Says("indicator format") =>
                error.At(error.Index, "a `-` alone is no text between brackets", "write `\"-\"`"),
            _ when error.Says("directive") =>
                error.At(error.Index, "a line that begins with `%` is a YAML directive", "put the text in quotes"),
            _ when error.Says("block scalar, did not find expected comment") =>
                error.At(error.Index, $"text stands behind `{at}`", "it begins on the next line, two columns deeper"),
            _ when error.Says("block scalar") =>
                error.At(error.Index, "blank lines above the text stand deeper than the text", "take the blanks out of the empty lines"),
            _ when error.Says("did not find expected ','") =>
                error.At(error.Index, "expected `,` or the closing bracket here", "put text with `: `, `,`, `[` or `{` in quotes"),
            _ when error.Says("expected key") || error.Says("expected '-'") =>
                error.At(error.Index, "this fits nothing above it", "look at its indentation, and at the line before"),
            _ => null,
        };
    }

    private static string Lower(string text) => text.Length == 0 ? text : char.ToLowerInvariant(text[0]) + text[1..];
}
