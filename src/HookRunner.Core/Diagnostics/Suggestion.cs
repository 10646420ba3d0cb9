namespace HookRunner.Core.Diagnostics;

/// <summary>Finds the known name that a person most likely meant.</summary>
internal static class Suggestion
{
    /// <summary>The nearest of <paramref name="known"/>, or null where none is near: at most a third of the letters differ.</summary>
    public static string? Nearest(string name, IEnumerable<string> known)
    {
        string? best = null;
        var bestDistance = Math.Max(1, name.Length / 3) + 1;
        foreach (var candidate in known)
        {
            if (Math.Abs(candidate.Length - name.Length) >= bestDistance)
            {
                continue;
            }

            var distance = Distance(name.ToLowerInvariant(), candidate.ToLowerInvariant());
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

    /// <summary>Edit distance in which swapping two neighbours counts once (optimal string alignment).</summary>
    private static int Distance(string a, string b)
    {
        var table = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            table[i, 0] = i;
        }

        for (var j = 0; j <= b.Length; j++)
        {
            table[0, j] = j;
        }

        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = a[i - 1] == b[j - 1] ? 0 : 1;
                var best = Math.Min(Math.Min(table[i - 1, j] + 1, table[i, j - 1] + 1), table[i - 1, j - 1] + cost);
                var swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
                table[i, j] = swapped ? Math.Min(best, table[i - 2, j - 2] + 1) : best;
            }
        }

        return table[a.Length, b.Length];
    }
}
