using System.Buffers;
using System.Globalization;
using HookRunner.Core.Diagnostics;

namespace HookRunner.Core.Yaml;

/// <summary>
/// Characters that no file may hold: NUL and other control characters, and those that look like a blank or a line end to
/// a person or to one reader and not to another.
/// </summary>
internal static class YamlCharacters
{
    private const int MostReported = 5;

    private static readonly SearchValues<char> Suspects = SearchValues.Create(
        "\0\u0001\u0002\u0003\u0004\u0005\u0006\u0007\u0008\u000B\u000C\r\u000E\u000F\u0010\u0011\u0012\u0013\u0014\u0015\u0016"
        + "\u0017\u0018\u0019\u001A\u001B\u001C\u001D\u001E\u001F\u007F\u0085\u00A0\u200B\u2028\u2029\uFEFF\uFFFE\uFFFF");

    /// <summary>False after a reported mistake.</summary>
    public static bool Check(SourceText source, DiagnosticBag diagnostics)
    {
        var text = source.Content;
        var bad = 0;
        for (var at = Next(text, 0); at >= 0 && bad < MostReported; at = Next(text, at + 1))
        {
            if (IsFine(text, at))
            {
                continue;
            }

            bad++;
            diagnostics.Error(source.At(at), $"{Name(text[at])} may not stand in the file", Remedy(text[at]));
        }

        return bad == 0;
    }

    private static int Next(string text, int from) =>
        text.AsSpan(from).IndexOfAny(Suspects) is var found and >= 0 ? from + found : -1;

    private static bool IsFine(string text, int at) => text[at] switch
    {
        '\r' => at + 1 < text.Length && text[at + 1] == '\n',
        '\u00A0' or '\u200B' => !StandsInIndentation(text, at),
        _ => false,
    };

    private static bool StandsInIndentation(string text, int at)
    {
        var start = text.LastIndexOf('\n', at) + 1;
        return text.AsSpan(start, at - start).TrimStart(" -\t").IsEmpty;
    }

    private static string Name(char c) => c switch
    {
        '\0' => "a NUL byte",
        '\r' => "a carriage return without a line feed",
        '\u00A0' => "a no-break space (U+00A0) as indentation",
        '\u200B' => "an invisible space (U+200B) as indentation",
        '\u0085' or '\u2028' or '\u2029' => $"the line separator {CodePoint(c)}",
        '\uFEFF' => "a byte order mark (U+FEFF) after the start",
        _ => $"the control character {CodePoint(c)}",
    };

    private static string? Remedy(char c) => c switch
    {
        '\0' => null,
        '\u00A0' or '\u200B' or '\uFEFF' => "replace it by a plain blank, or take it out; it often comes from a copy of a web page",
        '\r' or '\u0085' or '\u2028' or '\u2029' => "end lines with a line feed",
        _ => "take it out; in double quotes it can be written as an escape such as `\"\\x1b\"`",
    };

    private static string CodePoint(char c) => string.Create(CultureInfo.InvariantCulture, $"U+{(int)c:X4}");
}
