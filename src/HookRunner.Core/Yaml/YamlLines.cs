using HookRunner.Core.Diagnostics;

namespace HookRunner.Core.Yaml;

/// <summary>Looks at lines as a person does, where the reader has given up on their structure.</summary>
internal static class YamlLines
{
    /// <summary>Lines above a place that are looked at: a file of a million lines must not cost more.</summary>
    private const int MostLooked = 500;

    /// <summary>The lines above this one that hold something, the nearest first.</summary>
    public static IEnumerable<(int Number, string Text)> Above(SourceText source, int line)
    {
        for (var number = line - 1; number >= Math.Max(1, line - MostLooked); number--)
        {
            var text = source.Line(number);
            if (text.AsSpan().TrimStart(" \t") is [not '#', ..])
            {
                yield return (number, text);
            }
        }
    }

    /// <summary>Blanks and tabs before the first character.</summary>
    public static int Indentation(string line) => line.Length - line.AsSpan().TrimStart(" \t").Length;

    /// <summary>The columns, from 1, at which this line opens a list or mapping: each dash, and the key behind them.</summary>
    public static IEnumerable<(int Column, bool IsDash)> Openings(string line)
    {
        var at = Indentation(line);
        while (at + 1 < line.Length && line[at] == '-' && line[at + 1] == ' ')
        {
            yield return (at + 1, true);
            at++;
            while (at < line.Length && line[at] == ' ')
            {
                at++;
            }
        }

        if (at < line.Length)
        {
            yield return (at + 1, line.AsSpan(at) is "-");
        }
    }
}
