using HookRunner.Core.Yaml;

namespace HookRunner.Core.Language;

/// <summary>Words between brackets or braces that hold brackets or braces themselves: a variable, a regex.</summary>
internal static class FlowTraps
{
    private const string Ends = ",]} ";

    public static YamlExplanation? Explain(YamlSyntaxError error)
    {
        var place = error.Source.At(error.Index);
        var line = error.Source.Line(place.Line);
        var at = place.Column - 1;
        return Variable(line, at) is { } variable
            ? Quote(error, variable, "\"", "between brackets or braces a `${}` needs quotes")
            : Regex(line, at) is { } regex
                ? Quote(error, regex, "'", "a regex needs quotes")
                : null;
    }

    private static YamlExplanation Quote(YamlSyntaxError error, Range word, string quote, string message)
    {
        var place = error.Source.At(error.Index);
        var first = error.Index - place.Column + 1;
        var text = error.Source.Line(place.Line)[word];
        var (start, end) = (first + word.Start.Value, first + word.End.Value);
        return new YamlExplanation(
            error.At(start, message, $"write `{quote}{text}{quote}`"),
            text.Contains(quote, StringComparison.Ordinal) ? [] : [new YamlEdit(start, 0, quote), new YamlEdit(end, 0, quote)]);
    }

    /// <summary>The word around the `${` nearest before the place of the error.</summary>
    private static Range? Variable(string line, int at)
    {
        var dollar = line.LastIndexOf("${", Math.Min(at, line.Length - 1), StringComparison.Ordinal);
        if (dollar < 0)
        {
            dollar = line.IndexOf("${", StringComparison.Ordinal);
        }

        var brace = dollar < 0 ? -1 : line.IndexOf('}', dollar);
        if (brace < 0 || line.AsSpan(dollar, brace - dollar).Contains(' ') || !InFlow(line, dollar))
        {
            return null;
        }

        var start = line.LastIndexOfAny([' ', ',', '[', '{', '"', '\''], Math.Max(dollar - 1, 0)) + 1;
        var end = brace + 1;
        while (end < line.Length && !Ends.Contains(line[end]))
        {
            end = line.AsSpan(end).StartsWith("${") && line.IndexOf('}', end) is var next and > 0 ? next + 1 : end + 1;
        }

        return start > 0 && line[start - 1] is '"' or '\'' ? null : start..end;
    }

    /// <summary>From a slash that begins a word to the slash that ends one.</summary>
    private static Range? Regex(string line, int at)
    {
        var start = line.AsSpan(0, Math.Min(at + 1, line.Length)).LastIndexOf("/^");
        if (start < 0 || !InFlow(line, start) || (start > 0 && !" ,[".Contains(line[start - 1])))
        {
            return null;
        }

        var end = start + 2;
        while ((end = line.IndexOf('/', end)) >= 0)
        {
            end++;
            if (line.AsSpan(end).TrimStart(' ') is [] or [',' or ']' or '}', ..])
            {
                return start..end;
            }
        }

        return null;
    }

    private static bool InFlow(string line, int at) => line.AsSpan(0, at).ContainsAny('[', '{');
}
