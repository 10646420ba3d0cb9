using System.Text;

namespace HookRunner.Core.Reporting;

/// <summary>Lines that fit the agents' windows: bounded in bytes, cut between characters.</summary>
internal static class Utf8Line
{
    private const string Cut = "...";

    /// <summary>The text in at most <paramref name="most"/> bytes of UTF-8, control characters as blanks.</summary>
    public static string Clip(string text, int most)
    {
        var line = Flat(text);
        if (Encoding.UTF8.GetByteCount(line) <= most)
        {
            return line;
        }

        var bytes = Cut.Length;
        var kept = new StringBuilder();
        foreach (var rune in line.EnumerateRunes())
        {
            bytes += rune.Utf8SequenceLength;
            if (bytes > most)
            {
                break;
            }

            kept.Append(rune.ToString());
        }

        return kept.Append(Cut).ToString();
    }

    private static string Flat(string text)
    {
        var isFlat = true;
        foreach (var c in text)
        {
            isFlat &= !char.IsControl(c) && !char.IsSurrogate(c);
        }

        return isFlat ? text : string.Concat(text.EnumerateRunes().Select(rune => Rune.IsControl(rune) ? " " : rune.ToString()));
    }
}
