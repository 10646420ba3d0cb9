using System.Collections.Immutable;
using HookRunner.Core.Diagnostics;

namespace HookRunner.Core.Yaml;

/// <summary>A line that stands beside nothing above it: the most common slip of all.</summary>
internal static class YamlIndentation
{
    private const int MostMoved = 500;

    /// <summary>Null where the line's place is right.</summary>
    public static YamlExplanation? Explain(YamlSyntaxError error)
    {
        var place = error.Source.At(error.Says("tab") ? error.End : error.Index);
        var line = error.Source.Line(place.Line);
        var indentation = YamlLines.Indentation(line);
        if (line.AsSpan(0, indentation).Contains('\t'))
        {
            return YamlExplanation.Of(new Diagnostic(Severity.Error, place with { Column = line.IndexOf('\t', StringComparison.Ordinal) + 1 },
                "a tab as indentation", "YAML takes blanks only"));
        }

        if (place.Column != indentation + 1 || !(error.Says("did not find expected") || error.Says("not allowed in this context")))
        {
            return null;
        }

        if (EmptyBlock(error.Source, place) is { } deeper)
        {
            var text = new Diagnostic(Severity.Error, place, "this line belongs to the text of `|` above it, and stands too far left",
                $"begin it in column {deeper}");
            return new YamlExplanation(text, Moved(error.Source, place, deeper));
        }

        if (BlockColumn(error.Source, place) is { } column)
        {
            var text = new Diagnostic(Severity.Error, place, "this line stands further left than the text above it",
                $"the text of `|` begins in column {column}");
            return new YamlExplanation(text, Moved(error.Source, place, column));
        }

        var isDash = line.AsSpan(indentation) is "-" or ['-', ' ', ..];
        var columns = Columns(error.Source, place, isDash);
        if (columns.Count == 0 || columns.Contains(place.Column))
        {
            return null;
        }

        var words = new Diagnostic(Severity.Error, place, $"this line begins in column {place.Column}, beside nothing above it",
            $"{(isDash ? "an item of the list" : "a key of the mapping")} above begins in column {string.Join(" or ", columns)}");
        return new YamlExplanation(words, Moved(error.Source, place, columns[0]));
    }

    /// <summary>The line and the block that hangs on it, in another column.</summary>
    public static ImmutableArray<YamlEdit> Moved(SourceText source, SourceLocation place, int column)
    {
        var edits = ImmutableArray.CreateBuilder<YamlEdit>();
        var by = column - place.Column;
        for (var number = place.Line; number < place.Line + MostMoved; number++)
        {
            var line = source.Line(number);
            if (YamlLines.Indentation(line) < place.Column - 1)
            {
                break;
            }

            var start = source.IndexOf(new SourceLocation(source, number, 1));
            edits.Add(by > 0 ? new YamlEdit(start, 0, new string(' ', by)) : new YamlEdit(start, -by, ""));
        }

        return edits.DrainToImmutable();
    }

    /// <summary>`run: |` right above, and this line in the same column as `run`: where it should begin.</summary>
    private static int? EmptyBlock(SourceText source, SourceLocation place)
    {
        var above = YamlLines.Above(source, place.Line).FirstOrDefault().Text ?? "";
        return above.AsSpan().TrimEnd("+- \t").EndsWith(": |")
            && YamlLines.Openings(above).Select(item => item.Column).LastOrDefault() == place.Column
            ? place.Column + 2
            : null;
    }

    /// <summary>Where the text of `|` begins that stands right above this line, which then wants to belong to it.</summary>
    private static int? BlockColumn(SourceText source, SourceLocation place)
    {
        var column = 0;
        foreach (var (_, text) in YamlLines.Above(source, place.Line))
        {
            var indentation = YamlLines.Indentation(text);
            if (indentation + 1 > place.Column)
            {
                column = indentation + 1;
                continue;
            }

            return column > 0 && indentation + 1 < place.Column && text.AsSpan().TrimEnd("+- \t").EndsWith(": |") ? column : null;
        }

        return null;
    }

    /// <summary>Where a line could stand, the nearest column first: those of the lists or mappings that are still open.</summary>
    private static List<int> Columns(SourceText source, SourceLocation place, bool isDash)
    {
        var columns = new List<int>();
        var open = int.MaxValue;
        foreach (var (_, text) in YamlLines.Above(source, place.Line))
        {
            var indentation = YamlLines.Indentation(text);
            if (indentation >= open)
            {
                continue;
            }

            open = indentation;
            columns.AddRange(YamlLines.Openings(text).Where(item => item.IsDash == isDash).Select(item => item.Column).Reverse());
            if (open == 0)
            {
                break;
            }
        }

        return [.. columns.Distinct().OrderBy(column => Math.Abs(column - place.Column)).Take(3)];
    }
}
