namespace HookRunner.Core.Diagnostics;

/// <summary>A text a person wrote, with the name it is shown under. Lines and columns count from 1.</summary>
internal sealed class SourceText(string path, string content)
{
    private int[]? _lineStarts;

    /// <summary>Stands for values that no file holds: command-line options, the agent's environment.</summary>
    public static SourceText Nowhere { get; } = new("", "");

    public string Path { get; } = path;

    public string Content { get; } = content;

    private int[] LineStarts => _lineStarts ??= FindLineStarts(Content);

    /// <summary>The text of one line without its line end; empty where there is no such line.</summary>
    public string Line(int number)
    {
        if (number < 1 || number > LineStarts.Length)
        {
            return "";
        }

        var start = LineStarts[number - 1];
        var end = number < LineStarts.Length ? LineStarts[number] : Content.Length;
        return Content.AsSpan(start, end - start).TrimEnd('\n').TrimEnd('\r').ToString();
    }

    /// <summary>Where the character with this index (from 0) stands; an index past the end stands after the last character.</summary>
    public SourceLocation At(long index)
    {
        var place = (int)Math.Clamp(index, 0, Content.Length);
        var found = Array.BinarySearch(LineStarts, place);
        var line = found >= 0 ? found : ~found - 1;
        return new SourceLocation(this, line + 1, place - LineStarts[line] + 1);
    }

    /// <summary>The inverse of <see cref="At"/>.</summary>
    public int IndexOf(SourceLocation location) => location.Line < 1 || location.Line > LineStarts.Length
        ? 0
        : Math.Min(LineStarts[location.Line - 1] + location.Column - 1, Content.Length);

    private static int[] FindLineStarts(string content)
    {
        var starts = new List<int>(64) { 0 };
        for (var at = content.IndexOf('\n', 0); at >= 0; at = content.IndexOf('\n', at + 1))
        {
            starts.Add(at + 1);
        }

        return [.. starts];
    }
}
