namespace HookRunner.Core.Planning.Views;

/// <summary>What two texts share and where they differ, line by line: a longest common subsequence.</summary>
internal static class LineDifference
{
    /// <summary>Above this many lines on either side the middle is told as wholly different, which bounds time and memory.</summary>
    private const int MostCompared = 2000;

    /// <summary>Each line with a sign before it: `-` only in the first, `+` only in the second, a blank in both.</summary>
    public static IReadOnlyList<(char Sign, string Line)> Of(IReadOnlyList<string> first, IReadOnlyList<string> second)
    {
        var start = 0;
        while (start < first.Count && start < second.Count && first[start] == second[start])
        {
            start++;
        }

        var end = 0;
        while (end < first.Count - start && end < second.Count - start && first[^(end + 1)] == second[^(end + 1)])
        {
            end++;
        }

        return
        [
            .. first.Take(start).Select(line => (' ', line)),
            .. Middle([.. first.Skip(start).Take(first.Count - start - end)], [.. second.Skip(start).Take(second.Count - start - end)]),
            .. first.Skip(first.Count - end).Select(line => (' ', line)),
        ];
    }

    private static IEnumerable<(char Sign, string Line)> Middle(string[] first, string[] second)
    {
        if (first.Length > MostCompared || second.Length > MostCompared)
        {
            return [.. first.Select(line => ('-', line)), .. second.Select(line => ('+', line))];
        }

        return Walk(first, second, Lengths(first, second));
    }

    private static IEnumerable<(char Sign, string Line)> Walk(string[] first, string[] second, int[,] lengths)
    {
        var (i, j) = (0, 0);
        while (i < first.Length || j < second.Length)
        {
            if (i < first.Length && j < second.Length && first[i] == second[j])
            {
                yield return (' ', first[i++]);
                j++;
            }
            else if (j == second.Length || (i < first.Length && lengths[i + 1, j] >= lengths[i, j + 1]))
            {
                yield return ('-', first[i++]);
            }
            else
            {
                yield return ('+', second[j++]);
            }
        }
    }

    /// <summary>The length of the longest common subsequence of the rests that begin at i and j.</summary>
    private static int[,] Lengths(string[] first, string[] second)
    {
        var lengths = new int[first.Length + 1, second.Length + 1];
        for (var i = first.Length - 1; i >= 0; i--)
        {
            for (var j = second.Length - 1; j >= 0; j--)
            {
                lengths[i, j] = first[i] == second[j] ? lengths[i + 1, j + 1] + 1 : Math.Max(lengths[i + 1, j], lengths[i, j + 1]);
            }
        }

        return lengths;
    }
}
