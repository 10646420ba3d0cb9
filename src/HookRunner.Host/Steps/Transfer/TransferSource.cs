using HookRunner.Host.Os;
using HookRunner.Host.Steps.Files;

namespace HookRunner.Host.Steps.Transfer;

/// <summary>What `from` names, found where it stands.</summary>
internal sealed class TransferSource(StepRun run, TransferRequest request)
{
    private readonly string _path = run.InBundle(request.From.Text);

    /// <summary>Names found so far.</summary>
    public int Found { get; private set; }

    /// <summary>Which of the matches was the newest.</summary>
    public string? Newest { get; private set; }

    /// <summary>Hands over each entry that is meant; the first trouble ends it. Nothing found is no trouble here.</summary>
    public PathTrouble? Each(Func<OpenDirectory, FileName, PathTrouble?> act)
    {
        Found = 0;
        return !Glob.Is(request.From.Text) ? Plain(act) : request.TakesNewest ? OfNewest(act) : Matches(act);
    }

    /// <summary>A link is what it points to for `copy`, and itself for `move`.</summary>
    private PathTrouble? Plain(Func<OpenDirectory, FileName, PathTrouble?> act)
    {
        if (TrustedPlace.Find(_path, out var place, followsLast: !request.Moves) is { } trouble)
        {
            return trouble.Number is Errno.ENOENT ? null : trouble;
        }

        using (place)
        {
            if (place.Entry(out var status) is { } unknown || status is null)
            {
                return place.Entry(out _);
            }

            Found = 1;
            return act(place.Directory, place.Name);
        }
    }

    private PathTrouble? Matches(Func<OpenDirectory, FileName, PathTrouble?> act) =>
        new PathMatches(_path, PlainStart).Each<PathTrouble>(trouble => trouble, (directory, name) =>
        {
            Found++;
            return act(directory, name);
        });

    private PathTrouble? OfNewest(Func<OpenDirectory, FileName, PathTrouble?> act)
    {
        OpenDirectory? best = null;
        FileName bestName = default;
        FileTimes bestTimes = default;
        var trouble = Matches((directory, name) =>
        {
            if (directory.StatusOf(name, out var status) is { } unknown)
            {
                return PathTrouble.Of(unknown);
            }

            if (best is not null && !IsLater(status.Times, bestTimes))
            {
                return null;
            }

            best?.Dispose();
            (bestName, bestTimes) = (name, status.Times);
            return directory.OpenToRead(out best) is { } error ? PathTrouble.Of(error) : null;
        });
        using (best)
        {
            Newest = best is null ? null : bestName.ToString();
            return trouble ?? (best is null ? null : act(best, bestName));
        }
    }

    /// <summary>Of two that are as old, the one whose name comes later: matches come in the order of names.</summary>
    private static bool IsLater(FileTimes one, FileTimes other) => one.ModifiedSeconds > other.ModifiedSeconds
        || (one.ModifiedSeconds == other.ModifiedSeconds && one.ModifiedNanoseconds >= other.ModifiedNanoseconds);

    private string PlainStart => Path.IsPathRooted(request.From.Text) ? "" : run.Plan.Deployment.Bundle;
}
