using System.Collections.Immutable;
using HookRunner.Core.Yaml;

namespace HookRunner.Core.Language;

/// <summary>A shell's text behind `run: ` that YAML reads as something else.</summary>
internal static class CommandTraps
{
    private static readonly string[] Keys = ["run", "validate", "command"];

    /// <summary>Null where the line begins with none of the keys.</summary>
    public static YamlExplanation? Explain(YamlSyntaxError error)
    {
        var place = error.Source.At(error.Index);
        var line = error.Source.Line(place.Line);
        if (Command(line) is not var (key, start) || start > place.Column - 1 || error.Says("tab"))
        {
            return null;
        }

        var text = line[start..].TrimEnd();
        var first = error.Index - place.Column + 1 + start;
        if (text[0] is '|' or '>')
        {
            return YamlExplanation.Of(error.At(first, $"text stands behind `{key}: {text[0]}`", "it begins on the next line, two columns deeper"));
        }

        var words = error.Says("quoted") ? YamlSyntax.Explain(error).Diagnostic : error.At(error.Index, Reason(text), null);
        return new YamlExplanation(words with { Remedy = $"put the command under `{key}: |`" }, Quoted(text, first));
    }

    /// <summary>The key, and the index at which its text begins; a text of several lines or none at all is not for us.</summary>
    private static (string Key, int Start)? Command(string line)
    {
        var body = line.AsSpan().TrimStart(" -");
        foreach (var key in Keys)
        {
            if (body.StartsWith(key) && body[key.Length..].StartsWith(": ") && body[(key.Length + 2)..].TrimStart(' ') is { IsEmpty: false } text)
            {
                return (key, line.Length - text.Length);
            }
        }

        return null;
    }

    private static string Reason(string text) => text[0] switch
    {
        '[' or '{' => $"`{text[0]}` begins a YAML {(text[0] == '[' ? "list" : "mapping")}, and the command goes on behind it",
        '"' or '\'' => "the command goes on behind the closing quote",
        '`' => "YAML lets no text begin with a backtick",
        '@' or '%' => $"YAML lets no text begin with `{text[0]}`",
        '!' => "YAML drops a word that begins with `!`",
        '*' or '&' => $"`{text[0]}` begins a YAML {(text[0] == '*' ? "alias" : "anchor")}",
        _ => "a colon and a blank inside the command begin a mapping",
    };

    /// <summary>The command in single quotes, so that the rest of the file can be read.</summary>
    private static ImmutableArray<YamlEdit> Quoted(string text, int first) =>
    [
        new(first, 0, "'"),
        .. Enumerable.Range(0, text.Length).Where(at => text[at] == '\'').Select(at => new YamlEdit(first + at, 0, "'")),
        new(first + text.Length, 0, "'"),
    ];
}
