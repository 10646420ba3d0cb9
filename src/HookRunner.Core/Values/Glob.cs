namespace HookRunner.Core.Values;

/// <summary>`*` stands for any text, `?` for one character; the whole text must match and case matters.</summary>
internal static class Glob
{
    public static bool IsGlob(string text) => text.AsSpan().ContainsAny('*', '?');

    /// <summary>Takes at most the product of both lengths, whatever the pattern is.</summary>
    public static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text)
    {
        var (at, star, retry, i) = (0, -1, 0, 0);
        while (i < text.Length)
        {
            if (at < pattern.Length && pattern[at] == '*')
            {
                (star, retry) = (at++, i);
            }
            else if (at < pattern.Length && (pattern[at] == '?' || pattern[at] == text[i]))
            {
                (at, i) = (at + 1, i + 1);
            }
            else if (star >= 0)
            {
                (at, i) = (star + 1, ++retry);
            }
            else
            {
                return false;
            }
        }

        return !pattern[at..].ContainsAnyExcept('*');
    }
}
