using System.Collections.Immutable;
using HookRunner.Host.State;
using static HookRunner.Host.State.JournalRecord;

namespace HookRunner.Host.Releases;

/// <summary>Which releases are one too many. Pure.</summary>
internal sealed record ReleaseOrder
{
    /// <summary>Paths of the directories that are there.</summary>
    public required ImmutableArray<string> Present { get; init; }

    public required IReadOnlyList<JournalRecord> NewestFirst { get; init; }

    /// <summary>Never pruned: the live one, the one to go back to, this deployment's own.</summary>
    public required ImmutableHashSet<string> Needed { get; init; }

    /// <summary>
    /// What may go, the first to go first: releases that failed or never were live, oldest first, then older ones that
    /// were. A directory that is not known as a release, by the journal or by its name, is none of ours.
    /// </summary>
    public ImmutableArray<string> Expendable()
    {
        var age = new Dictionary<string, int>();
        var (lived, bad) = (new HashSet<string>(), new HashSet<string>());
        foreach (var record in NewestFirst)
        {
            if (PathOf(record) is { } path)
            {
                age.TryAdd(path, age.Count);
            }

            // The newest word counts: what was activated after it failed is no longer bad.
            if (record is ReleaseActivated or ReleaseAdopted && PathOf(record) is { } good)
            {
                lived.Add(good);
            }
            else if (record is ReleaseMarkedBad marked && !lived.Contains(marked.Path))
            {
                bad.Add(marked.Path);
            }
        }

        return
        [
            .. Present
                .Where(path => !Needed.Contains(path) && (age.ContainsKey(path) || IsDeploymentName(Path.GetFileName(path))))
                .OrderBy(path => lived.Contains(path) && !bad.Contains(path))
                .ThenByDescending(path => age.GetValueOrDefault(path, int.MaxValue))
                .ThenBy(path => path, StringComparer.Ordinal),
        ];
    }

    /// <summary>How many of the expendable ones must go so that <paramref name="keep"/> stay.</summary>
    public static int Excess(int expendable, int needed, int keep) => Math.Clamp(expendable + needed - keep, 0, expendable);

    private static string? PathOf(JournalRecord record) => record switch
    {
        ReleaseChosen chosen => chosen.Path,
        ReleaseStaged staged => staged.Path,
        ReleaseActivated activated => activated.Path,
        ReleaseAdopted adopted => adopted.Path,
        _ => null,
    };

    /// <summary>`d-` and nine capitals or digits, as CodeDeploy names deployments.</summary>
    private static bool IsDeploymentName(string name) =>
        name.StartsWith("d-", StringComparison.Ordinal) && name.Length >= 11
        && !name.AsSpan(2, 9).ContainsAnyExcept("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
        && (name.Length == 11 || (name[11] == '.' && name.Length > 12 && !name.AsSpan(12).ContainsAnyExceptInRange('0', '9')));
}
