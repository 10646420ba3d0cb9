using HookRunner.Core.Steps;
using HookRunner.Host.Os;
using HookRunner.Host.State;

namespace HookRunner.Host.Releases;

/// <summary>
/// `release: stage`: makes this deployment's release of what Install put down, by rename, or of a directory of the bundle, by
/// copy. Under its own name a release is always whole: it is made ready under another, which a killed run may leave.
/// </summary>
internal sealed class ReleaseStaging(ReleaseWork work)
{
    private const uint ReleasesMode = 0x1ED;

    private readonly long _started = TimeProvider.System.GetTimestamp();
    private string _note = "";
    private bool _leavesStaging;

    public StepOutcome Run()
    {
        if (work.Releases.Directory is not { } release)
        {
            return new StepOutcome.Failed($"{work.Releases.Plan.Event} runs the previous revision, which has no release to stage");
        }

        if (work.Settings.Staging is null && work.Settings.Source is null)
        {
            return new StepOutcome.Failed("`release` has neither `staging` nor `source`", "`staging` is the directory that Install fills, `source` one of the bundle");
        }

        if (PlaceRules.RefuseReleases(work.Releases, work.Settings.Releases) is { } refused)
        {
            return refused;
        }

        if (PosixPath.MakeDirectories(work.Settings.Releases, ReleasesMode) is { } unmade)
        {
            return Failure.Of(unmade);
        }

        if (TrustedPlace.Find(release, out var place) is { } trouble)
        {
            return Failure.Of(trouble);
        }

        using (place)
        {
            return AtomicLink.Strangers(place.Directory) is { } strangers
                ? new StepOutcome.Failed(strangers.Reason, strangers.Hint)
                : Stage(place);
        }
    }

    private StepOutcome Stage(TrustedPlace place)
    {
        if (place.Directory.StatusOf(place.Name, out var there) is null && there.IsDirectory)
        {
            Record(place);
            return new StepOutcome.Succeeded("already staged");
        }

        var staged = WorkName.Staged(place.Name);
        if ((place.Directory.StatusOf(staged, out _) is null ? Resume(place) : Fetch(place, staged)) is { } failed)
        {
            return failed;
        }

        if (Dress(place, staged) is { } undressed)
        {
            return undressed;
        }

        if ((place.Directory.Rename(staged, place.Directory, place.Name) ?? place.Directory.Sync()) is { } error)
        {
            return work.Fail(error, _started);
        }

        Record(place);
        return new StepOutcome.Succeeded(_note);
    }

    /// <summary>A run that was killed came as far as a whole tree; one that had copied may not have removed what it copied.</summary>
    private StepOutcome? Resume(TrustedPlace place)
    {
        _note = $"{place.Directory.At(place.Name)}, which a killed run had begun";
        return work.Settings.Staging is { } staging && Source(staging, "", out var source) is null ? Using(source, () => Discard(source)) : null;
    }

    private StepOutcome? Fetch(TrustedPlace place, FileName staged)
    {
        if (work.Settings.Staging is not { } staging)
        {
            return CopyFrom(Path.GetFullPath(work.Settings.Source!, work.Releases.Plan.Deployment.Bundle), place, staged, $"is `source: {work.Settings.Source}` in the bundle?");
        }

        if (PlaceRules.RefuseStaging(work.Releases, staging) is { } refused)
        {
            return refused;
        }

        return Source(staging, $"does appspec.yml's `files:` have `destination: {staging}`?", out var source) ?? Using(source, () =>
        {
            var error = source.Directory.Rename(source.Name, place.Directory, staged);
            _note = $"{staging} is {place.Directory.At(place.Name)} now";
            return error switch
            {
                null => null,
                { Number: Errno.EXDEV } => Copy(source, place, staged) ?? Discard(source),
                _ => work.Fail(error, _started),
            };
        });
    }

    private StepOutcome? CopyFrom(string directory, TrustedPlace place, FileName staged, string hint) =>
        Source(directory, hint, out var source) ?? Using(source, () => Copy(source, place, staged));

    /// <summary>Finds what is to be staged: a directory with something in it.</summary>
    private static StepOutcome.Failed? Source(string directory, string hint, out TrustedPlace source)
    {
        if (TrustedPlace.Find(directory, out source) is { } trouble)
        {
            return trouble.Number == Errno.ENOENT ? new StepOutcome.Failed($"there is nothing to stage: {directory} is not there", hint) : Failure.Of(trouble);
        }

        var failure = source.Entry(out var entry) is { } unknown ? Failure.Of(unknown)
            : entry is null ? new StepOutcome.Failed($"there is nothing to stage: {directory} is not there", hint)
            : entry is { IsDirectory: false } ? new StepOutcome.Failed($"{directory} is {(entry.Value.IsLink ? "a link" : "a file")}; expected a directory", hint)
            : IsEmpty(source) ? new StepOutcome.Failed($"there is nothing to stage: {directory} is empty", hint)
            : null;
        if (failure is not null)
        {
            source.Dispose();
        }

        return failure;
    }

    private static StepOutcome? Using(TrustedPlace source, Func<StepOutcome?> act)
    {
        using (source)
        {
            return act();
        }
    }

    private static bool IsEmpty(TrustedPlace source)
    {
        var error = source.Directory.Open(source.Name, out var directory);
        using (directory)
        {
            return error is null && directory.HasNothing(out var isEmpty) is null && isEmpty;
        }
    }

    /// <summary>Across file systems, and for directories of an image's lower layer.</summary>
    private StepOutcome? Copy(TrustedPlace source, TrustedPlace place, FileName staged)
    {
        var half = WorkName.Copy(place.Name);
        var removal = new TreeRemoval(work.MayGoOn);
        var copy = new TreeCopy(work.Say, work.MayGoOn);
        var error = removal.Remove(place.Directory, half)
            ?? copy.Copy(source.Directory, source.Name, place.Directory, half)
            ?? place.Directory.Rename(half, place.Directory, staged);
        _note = $"copied {source.Directory.At(source.Name)} to {place.Directory.At(place.Name)}";
        if (copy.AttributesLost > 0)
        {
            work.Say($"note: extended attributes of {copy.AttributesLost} entries could not be kept on the file system of {place.Directory.Path}");
        }

        if (error is null)
        {
            return null;
        }

        removal.Remove(place.Directory, half);
        return work.Fail(error, _started);
    }

    private StepOutcome? Discard(TrustedPlace source)
    {
        if (new TreeRemoval(TreeRemoval.Bounded(work.MayGoOn)).Discard(source.Directory, source.Name) is { } error)
        {
            work.Say($"warning: {source.Directory.At(source.Name)} was copied, but is not gone: {error}");
            _leavesStaging = true;
        }

        return null;
    }

    private StepOutcome? Dress(TrustedPlace place, FileName staged)
    {
        var error = place.Directory.Open(staged, out var release);
        using (release)
        {
            return error is null ? new ReleaseDressing(work).Dress(release) : Failure.Of(error);
        }
    }

    private void Record(TrustedPlace place)
    {
        if (work.Releases.Facts.IsStaged)
        {
            return;
        }

        var record = new JournalRecord.ReleaseStaged(place.Directory.At(place.Name), work.Settings.Staging ?? work.Settings.Source ?? "")
        {
            Deployment = work.Deployment,
        };
        var error = work.Releases.Record(record);

        // So that the next deployment knows whose it is, and removes it before Install.
        error ??= _leavesStaging
            ? work.Releases.Record(new JournalRecord.StagingAwaited(work.Settings.Staging!) { Deployment = work.Deployment })
            : null;
        if (error is not null)
        {
            work.Say($"warning: {error}");
        }
    }
}
