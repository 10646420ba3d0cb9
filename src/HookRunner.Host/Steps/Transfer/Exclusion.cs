using HookRunner.Host.Os;
using HookRunner.Host.Steps.Files;

namespace HookRunner.Host.Steps.Transfer;

/// <summary>
/// What stays out: a pattern without a slash goes for a name at any depth, one with a slash for a path from the top.
/// </summary>
internal sealed class Exclusion(IEnumerable<string> patterns)
{
    private readonly List<Pattern> _patterns = [.. patterns.Select(Pattern.Read)];

    public bool IsEmpty => _patterns.Count == 0;

    /// <param name="path">The entry's names, from the top.</param>
    public bool Takes(List<FileName> path) => _patterns.Exists(pattern => pattern.Takes(path));

    private sealed class Pattern(bool isWhole, List<Glob> parts)
    {
        public static Pattern Read(string text) => new(
            text.TrimEnd('/').Contains('/', StringComparison.Ordinal),
            [.. text.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(part => new Glob(part))]);

        public bool Takes(List<FileName> path)
        {
            if (!isWhole)
            {
                return parts[0].Matches(path[^1].Bytes);
            }

            var i = 0;
            while (i < parts.Count && i < path.Count && parts[i].Matches(path[i].Bytes))
            {
                i++;
            }

            return i == parts.Count && i == path.Count;
        }
    }
}
