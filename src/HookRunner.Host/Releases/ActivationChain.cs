using System.Collections.Immutable;
using HookRunner.Host.State;
using static HookRunner.Host.State.JournalRecord;

namespace HookRunner.Host.Releases;

/// <summary>Which release was live before which. Pure.</summary>
internal static class ActivationChain
{
    /// <summary>
    /// The release that was live before the one that is, over every one that is marked bad or pruned; null where there is
    /// none. Each step goes to an older record, so that there is no circle.
    /// </summary>
    public static string? Previous(IReadOnlyCollection<JournalRecord> newestFirst, string link, string? live)
    {
        var (unusable, from) = (Unusable(newestFirst), live);
        foreach (var record in newestFirst)
        {
            // A directory at the link itself was adopted just before, under another path.
            var before = record switch
            {
                ReleaseActivated activated when activated.Link == link && activated.Path == live => ReleaseLink.Absolute(link, activated.Held),
                ReleaseAdopted adopted when adopted.Link == link && live == link => adopted.Path,
                _ => live,
            };
            if (before is null || (before != live && before != link && before != from && !unusable.Contains(before)))
            {
                return before;
            }

            live = before;
        }

        return null;
    }

    /// <summary>Releases that are marked bad or gone; the newest word on each counts.</summary>
    public static ImmutableHashSet<string> Unusable(IEnumerable<JournalRecord> newestFirst)
    {
        var words = new Dictionary<string, bool>();
        foreach (var record in newestFirst)
        {
            switch (record)
            {
                case ReleaseMarkedBad bad:
                    words.TryAdd(bad.Path, true);
                    break;
                case ReleasePruned pruned:
                    words.TryAdd(pruned.Path, true);
                    break;
                case ReleaseActivated activated:
                    words.TryAdd(activated.Path, false);
                    break;
                case ReleaseStaged staged:
                    words.TryAdd(staged.Path, false);
                    break;
            }
        }

        return [.. words.Where(word => word.Value).Select(word => word.Key)];
    }
}
