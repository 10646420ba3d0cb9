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

    private sealed record Pattern(bool IsWhole, List<Glob> Parts)
    {
        public static Pattern Read(string text) => new(
            text.TrimEnd('/').Contains('/', StringComparison.Ordinal),
            [.. text.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(part => new Glob(part))]);

        public bool Takes(List<FileName> path)
        {
            if (!IsWhole)
            {
                return Parts[0].Matches(path[^1].Bytes);
            }

            return Parts.Count == path.Count && Parts.Zip(path).All(item => item.First.Matches(item.Second.Bytes));
        }
    }
}
