using HookRunner.Core.Diagnostics;

namespace HookRunner.Core.Yaml;

/// <summary>A bracket or brace that is never closed: the reader complains wherever it then stumbles.</summary>
internal static class YamlBrackets
{
    private const int MostLooked = 10_000;

    /// <summary>Null where no line above leaves one open.</summary>
    public static Diagnostic? Explain(YamlSyntaxError error)
    {
        var text = error.Source.Content;
        var opener = Unclosed(text, Math.Min(error.Index, text.Length));
        if (opener < 0 || text.AsSpan(opener, error.Index - opener).IndexOf('\n') < 0)
        {
            return null;
        }

        var (open, close) = text[opener] == '[' ? ('[', ']') : ('{', '}');
        var place = error.Source.At(error.Index);
        if (error.Says("operation is not valid") && error.Source.Line(place.Line).Contains(close, StringComparison.Ordinal))
        {
            return null;
        }

        return error.At(opener, $"this `{open}` is not closed", $"put `{close}` where it ends");
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
