using HookRunner.Core.Diagnostics;

namespace HookRunner.Core.Yaml;

/// <summary>Colons that are missing, and colons that are one too many.</summary>
internal static class YamlColons
{
    public static YamlExplanation? Explain(YamlSyntaxError error) => MissingColon(error) ?? TooDeep(error) ?? InText(error);

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

    /// <summary>`name: Install: gems`.</summary>
    private static YamlExplanation? InText(YamlSyntaxError error)
    {
        var place = error.Source.At(error.Index);
        var (line, first) = (error.Source.Line(place.Line), error.Index - place.Column + 1);
        var key = line.IndexOf(": ", StringComparison.Ordinal);
        if (!error.Says("invalid mapping") || key < 0 || key + 1 >= place.Column)
        {
            return null;
        }

        var text = line.AsSpan(key + 2).Trim(' ');
        var start = first + line.Length - line.AsSpan(key + 2).TrimStart(' ').Length;
        return new YamlExplanation(
            error.At(error.Index, "a colon and a blank inside a text begin a mapping", "put the text in quotes"),
            text.ContainsAny('\'', '#') ? [] : [new YamlEdit(start, 0, "'"), new YamlEdit(start + text.Length, 0, "'")]);
    }
}
