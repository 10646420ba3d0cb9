using System.Text.RegularExpressions;

namespace HookRunner.Core.Tests.Architecture;

/// <summary>
/// Lengths of members with a block, signature included. It relies on the layout that `dotnet format` enforces: braces on
/// lines of their own, a block closed at the indent at which it was opened.
/// </summary>
internal static partial class MethodLengths
{
    public static IEnumerable<(string Member, int Lines)> Of(SourceFile file)
    {
        var lines = file.Lines;
        for (var index = 1; index < lines.Length; index++)
        {
            var indent = IndentOfBrace(lines[index]);
            if (indent < 0)
            {
                continue;
            }

            var header = HeaderOf(lines, index);
            if (Type().IsMatch(lines[header]))
            {
                continue;
            }

            var end = Array.FindIndex(lines, index, line => line.StartsWith(new string(' ', indent) + "}", StringComparison.Ordinal));
            yield return ($"{file}:{header + 1}", end - header + 1);
            index = end;
        }
    }

    private static int IndentOfBrace(string line) => line.TrimEnd() is [.. var blanks, '{'] && blanks.All(blank => blank == ' ') ? blanks.Length : -1;

    /// <summary>The first line of the declaration that a brace belongs to.</summary>
    private static int HeaderOf(string[] lines, int brace)
    {
        var line = brace - 1;
        while (line > 0 && lines[line - 1].TrimEnd() is not ("" or [.., ';' or '{' or '}' or ']']) && !lines[line - 1].TrimStart().StartsWith('/'))
        {
            line--;
        }

        return line;
    }

    [GeneratedRegex(@"^\s*(?:(?:public|internal|private|protected|sealed|abstract|static|partial|readonly|unsafe|ref)\s+)*(?:class|record|struct|interface|enum)\b")]
    private static partial Regex Type();
}
