namespace HookRunner.Core.Checking;

/// <summary>Shell idioms that open a step's output file anew by its name, and so empty it.</summary>
internal static class ReopenedOutput
{
    public const string Effect = "which opens the step's output anew and empties it";

    public const string Remedy = "write `>&2` (or `tee >(cat >&2)`), which needs no name";

    private static readonly string[] Names = ["/dev/stderr", "/dev/stdout", "/proc/self/fd/1", "/proc/self/fd/2", "/dev/fd/1", "/dev/fd/2"];

    /// <summary>The first such idiom of a shell text; null where there is none. Appending (`>>`) empties nothing.</summary>
    public static string? In(string text)
    {
        foreach (var line in text.Split('\n'))
        {
            if (line.TrimStart().StartsWith('#'))
            {
                continue;
            }

            foreach (var name in Names)
            {
                if (Idiom(line, name) is { } idiom)
                {
                    return idiom;
                }
            }
        }

        return null;
    }

    private static string? Idiom(string line, string name)
    {
        var at = line.IndexOf(name, StringComparison.Ordinal);
        if (at < 0)
        {
            return null;
        }

        var before = line[..at].TrimEnd(' ', '"', '\'');
        if (before.EndsWith('>') && !before.EndsWith(">>", StringComparison.Ordinal))
        {
            return $"> {name}";
        }

        var words = before.Split(' ', '|', ';').Where(word => word.Length > 0).ToList();
        return words.Contains("tee") && !words.Contains("-a") && words.LastIndexOf("tee") > words.FindLastIndex(word => word.Contains('>'))
            ? $"tee {name}"
            : null;
    }
}
