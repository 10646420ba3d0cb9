using System.Text;

namespace HookRunner.Core.Diagnostics;

/// <summary>Diagnostics as a person reads them: position, message, the line with a caret, the remedy.</summary>
internal static class DiagnosticText
{
    private const int LongestLine = 120;
    private const int LongestMessage = 600;

    /// <summary>One diagnostic in two to four lines, each with its newline.</summary>
    public static string Render(Diagnostic diagnostic)
    {
        var text = new StringBuilder();
        var position = diagnostic.Location.ToString();
        text.Append(position).Append(position.Length == 0 ? "" : ": ")
            .Append(diagnostic.Severity == Severity.Error ? "error: " : "warning: ")
            .Append(OneLine(diagnostic.Message)).Append('\n');
        AppendExcerpt(text, diagnostic.Location);
        if (diagnostic.Remedy is { } remedy)
        {
            text.Append("    ").Append(OneLine(remedy)).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>All of them, at most <paramref name="most"/>, with a last line that counts the rest.</summary>
    public static string Render(DiagnosticBag bag, int most = 50)
    {
        var all = bag.Sorted();
        var text = string.Concat(all.Take(most).Select(Render));
        return all.Length <= most ? text : $"{text}... and {all.Length - most} more\n";
    }

    /// <summary>Messages quote what was written, which may hold line ends and be as long as the file.</summary>
    private static string OneLine(string message)
    {
        var shown = message.Length <= LongestMessage ? message : message[..LongestMessage] + "...";
        if (!shown.Any(char.IsControl))
        {
            return shown;
        }

        return string.Concat(shown.Select(c => c switch
        {
            '\n' => "\\n",
            '\t' => "\\t",
            _ when char.IsControl(c) => $"\\u{(int)c:X4}",
            _ => c.ToString(),
        }));
    }

    private static void AppendExcerpt(StringBuilder text, SourceLocation location)
    {
        var line = location.Line == 0 ? "" : Printable(location.Source.Line(location.Line));
        if (line.Length == 0)
        {
            return;
        }

        var caret = Math.Clamp(location.Column - 1, 0, line.Length);
        var start = caret > LongestLine - 20 ? caret - (LongestLine / 2) : 0;
        var shown = line.Substring(start, Math.Min(LongestLine, line.Length - start));
        text.Append("    ").Append(shown).Append('\n')
            .Append(' ', 4 + caret - start).Append("^\n");
    }

    /// <summary>One printable character for one character, so that the caret stays under its column.</summary>
    private static string Printable(string line) =>
        string.Create(line.Length, line, static (span, source) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                var c = source[i];
                span[i] = c == '\t' ? ' ' : char.IsControl(c) || char.IsSurrogate(c) ? '?' : c;
            }
        });
}
