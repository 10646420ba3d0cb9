namespace HookRunner.Core.Diagnostics;

/// <summary>Finds the known name that a person most likely meant.</summary>
internal static class Suggestion
{
    private const int LongestCompared = 64;

    /// <summary>Names of about the same length that are looked at: a file with thousands of names and mistakes must not take minutes.</summary>
    private const int MostCompared = 100;

    /// <summary>The nearest of <paramref name="known"/>, or null where none is near: at most a third of the letters differ.</summary>
    public static string? Nearest(string name, IEnumerable<string> known)
    {
        if (name.Length > LongestCompared)
        {
            return null;
        }

        string? best = null;
        var bestDistance = Math.Min(Math.Max(1, name.Length / 3) + 1, Math.Max(name.Length, 1));
        var compared = 0;
        foreach (var candidate in known)
        {
            if (Math.Abs(candidate.Length - name.Length) >= bestDistance)
            {
                continue;
            }

            if (compared++ == MostCompared)
            {
                break;
            }

            var distance = Distance(name, candidate, bestDistance);
            if (distance < bestDistance)
            {
                (best, bestDistance) = (candidate, distance);
            }
        }

        return best;
    }

    /// <summary>The remedy line: the nearest known name, or all of them where they are few.</summary>
    public static string Remedy(string name, IReadOnlyCollection<string> known) =>
        Nearest(name, known) is { } nearest ? $"did you mean `{nearest}`?"
        : known.Count == 0 ? "none is declared"
        : $"known: {string.Join(", ", known.Take(30))}";

    /// <summary>Edit distance, case aside, in which swapping two neighbours counts once (optimal string alignment); <paramref name="limit"/> for any that is not below it.</summary>
    private static int Distance(string a, string b, int limit)
    {
        Span<int> before = stackalloc int[b.Length + 1];
        Span<int> above = stackalloc int[b.Length + 1];
        Span<int> row = stackalloc int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++)
        {
            above[j] = j;
        }

        for (var i = 1; i <= a.Length; i++)
        {
            row[0] = i;
            var nearest = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var best = Math.Min(Math.Min(above[j] + 1, row[j - 1] + 1), above[j - 1] + (Same(a[i - 1], b[j - 1]) ? 0 : 1));
                var isSwapped = i > 1 && j > 1 && Same(a[i - 1], b[j - 2]) && Same(a[i - 2], b[j - 1]);
                row[j] = isSwapped ? Math.Min(best, before[j - 2] + 1) : best;
                nearest = Math.Min(nearest, row[j]);
            }

            if (nearest > limit)
            {
                return limit;
            }

            above.CopyTo(before);
            row.CopyTo(above);
        }

        return above[b.Length];
    }

    private static bool Same(char a, char b) => a == b || ((a | 0x20) == (b | 0x20) && char.IsAsciiLetter(a));
}
