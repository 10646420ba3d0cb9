using System.Collections.Immutable;
using HookRunner.Host.Os;

namespace HookRunner.Host.State;

/// <summary>
/// Which application's state a command of a person is about. A closed set: found, or the reason why not.
/// </summary>
internal abstract record HostState
{
    private HostState()
    {
    }

    /// <param name="Last">The newest start of an event there.</param>
    internal sealed record Found(StateLayout Layout, JournalRecord.EventStarted Last) : HostState;

    internal sealed record Refused(ImmutableArray<string> Lines) : HostState;

    /// <param name="application">`--application`; null: the only one there is.</param>
    /// <param name="roots">Where to look: `--state` alone, else the system's place and the bundle's `state:`; null is the system's.</param>
    public static HostState Find(string? application, ImmutableArray<string?> roots)
    {
        var known = roots.Distinct().SelectMany(In).ToList();
        var chosen = application is null ? known : [.. known.Where(item => item.Last.Application == application)];
        return chosen switch
        {
            [var only] => only,
            [] when known.Count > 0 => new Refused([$"no deployment of application `{application}` is recorded here", $"  known: {Names(known)}"]),
            [] => new Refused(
                [$"no deployment is recorded in {string.Join(" or ", roots.Distinct().Select(root => root ?? StateLayout.DefaultState))}",
                    "  where `state:` is set in hookrunner.yml, name that directory with --state"]),
            _ => new Refused([$"several applications are recorded here: {Names(known)}", "  say which with --application"]),
        };
    }

    private static string Names(IEnumerable<Found> known) => string.Join(", ", known.Select(item => item.Last.Application).Distinct().Order(StringComparer.Ordinal));

    private static IEnumerable<Found> In(string? root)
    {
        if (OpenDirectory.OpenPath(root ?? StateLayout.DefaultState, out var directory) is not null)
        {
            yield break;
        }

        using (directory)
        {
            directory.List(out var names);
            foreach (var name in names.Select(item => item.ToString()).Order(StringComparer.Ordinal))
            {
                using var journal = Journal.OpenToRead(Path.Join(root ?? StateLayout.DefaultState, name, StateLayout.JournalName));
                if (RunHistory.LastStart(journal.NewestFirst(JournalFormat.OfEvents)) is { } last)
                {
                    yield return new Found(StateLayout.For(last.Application, root), last);
                }
            }
        }
    }
}
