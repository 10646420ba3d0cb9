namespace HookRunner.Core.Yaml;

/// <summary>A bracket or brace that is never closed: the reader complains wherever it then stumbles.</summary>
internal static class YamlBrackets
{
    private const int MostLooked = 10_000;

    /// <summary>Null where none is open, or where the reader stumbles in the middle of what it holds.</summary>
    public static YamlExplanation? Explain(YamlSyntaxError error)
    {
        var text = error.Source.Content;
        var opener = Unclosed(text, Math.Min(error.Index, text.Length));
        if (opener < 0)
        {
            return null;
        }

        var (open, close) = text[opener] == '[' ? ('[', ']') : ('{', '}');
        var lineEnd = text.AsSpan(opener, error.Index - opener).IndexOf('\n');
        var isCrossed = error.Index < text.Length && text[error.Index] is ']' or '}' && text[error.Index] != close;
        var isFurtherLeft = error.Says("operation is not valid")
            && error.Source.Line(error.Source.At(error.Index).Line).Contains(close, StringComparison.Ordinal);
        if (!isCrossed && (lineEnd < 0 || isFurtherLeft))
        {
            return null;
        }

        var missing = isCrossed ? error.Index : opener + lineEnd;
        return new YamlExplanation(
            error.At(opener, $"this `{open}` is not closed", $"put `{close}` where it ends"),
            text.AsSpan(opener, missing - opener).Contains('#') ? [] : [new YamlEdit(missing, 0, close.ToString())]);
    }

    /// <summary>`{a: 1 b: 2}`: two entries without a comma between them, or a text with a colon. Null for anything else.</summary>
    public static YamlExplanation? SecondColon(YamlSyntaxError error)
    {
        var text = error.Source.Content;
        if (error.Index >= text.Length || text[error.Index] != ':' || !error.Says("did not find expected ','"))
        {
            return null;
        }

        var word = text.LastIndexOfAny([' ', ',', ':', '{', '[', '\n'], error.Index - 1);
        var isPair = word > 0 && text[word] == ' ' && text[word - 1] is not (':' or ',' or '{' or '[');
        return new YamlExplanation(
            error.At(error.Index, "a second colon in one entry", "put `,` between two entries, and text with a colon in quotes"),
            isPair ? [new YamlEdit(word, 0, ",")] : []);
    }

    /// <summary>The last opening bracket before <paramref name="end"/> that nothing closes; quotes are not looked into.</summary>
    private static int Unclosed(string text, int end)
    {
        var closed = 0;
        for (var at = end - 1; at >= 0 && at > end - MostLooked; at--)
        {
            if (text[at] is ']' or '}')
            {
                closed++;
            }
            else if (text[at] is '[' or '{' && --closed < 0)
            {
                return at;
            }
        }

        return -1;
    }
}
