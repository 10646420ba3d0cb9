using HookRunner.Core.Steps;
using HookRunner.Host.Os;
using HookRunner.Host.Releases;
using HookRunner.Host.Steps.Files;

namespace HookRunner.Host.Steps.Transfer;

/// <summary>Copies or moves what a step names: first it looks whether all of it can be done, then it does it.</summary>
internal sealed class TransferAct
{
    private readonly StepRun _run;
    private readonly TransferRequest _request;
    private readonly TransferSource _source;
    private readonly WantedOwner? _owner;
    private readonly MergeSurvey _survey;
    private readonly long _begun = TimeProvider.System.GetTimestamp();
    private readonly List<string> _backups = [];

    private TransferAct(StepRun run, TransferRequest request, WantedOwner? owner)
    {
        (_run, _request, _owner) = (run, request, owner);
        _source = new TransferSource(run, request);
        _survey = new MergeSurvey(Exclusion(), MayGoOn);
    }

    public static StepOutcome Do(StepRun run, TransferRequest request) =>
        WantedOwner.Find(run, request.Owner, out var owner) is { } unknown ? unknown : new TransferAct(run, request, owner).Do();

    private StepOutcome Do()
    {
        if (ProtectedPlaces.WhyNotInto(_request.To.Text, _run.Plan) is { } reason)
        {
            return new StepOutcome.Failed($"`{_request.To}` is {reason}", Untouched);
        }

        if (_source.Each(Look) is { } refused)
        {
            return Failed(refused, Untouched);
        }

        return _source.Found == 0 ? Nothing() : _request.Moves ? Move() : Copy();
    }

    /// <summary>A second run finds what the first one moved at its new place.</summary>
    private StepOutcome Nothing()
    {
        var what = $"{(_request.From.Text is var from && Path.IsPathRooted(from) ? from : _run.InBundle(from))}";
        var message = Glob.Is(_request.From.Text) ? $"nothing matches `{what}`" : $"`{what}` is not there";
        return _request.Moves && WasMoved()
            ? new StepOutcome.Succeeded($"already so: {message}")
            : new StepOutcome.Failed(message, Path.IsPathRooted(_request.From.Text) ? null : "a source is relative to the bundle; is it in the revision?");
    }

    private bool WasMoved()
    {
        if (TrustedPlace.Find(_request.To.Text, out var place, followsLast: true) is not null)
        {
            return false;
        }

        using (place)
        {
            // The run that moved it may have been killed before it could say so.
            new KeptBackup(place.Directory, place.Name, _run.Say, MayGoOn).Finish();
            return place.Entry(out var there) is null && there is not null;
        }
    }

    private PathTrouble? Look(OpenDirectory directory, FileName name)
    {
        if (directory.StatusOf(name, out var source) is { } unknown)
        {
            return PathTrouble.Of(unknown);
        }

        if (_request.Moves && Unmovable(directory.RealPathOf(name)) is { } refused)
        {
            return refused;
        }

        string? missing = null;
        if (Target(source, name, (parent, part) => Missing(missing = parent.RealPathOf(part)), out var pair, directory) is { } trouble)
        {
            return missing is null ? trouble : Misplaced(directory.RealPathOf(name), missing, source);
        }

        using (pair.To)
        {
            return Misplaced(pair.From.RealPathOf(pair.Name), pair.To.RealPathOf(pair.Copy), source) ?? Backup(pair, out var there)?.Check(there) ?? _survey.Top(pair, _request.IsMany);
        }
    }

    private PathTrouble? Unmovable(string real) =>
        ProtectedPlaces.WhyNot(real, _run.Plan) is { } reason ? new PathTrouble($"`{real}` is {reason}")
        : MountPoints.AtOrBelow(real) is { } mount ? PathTrouble.Of(new PosixError($"move {real} with {mount} mounted in it", Errno.EBUSY))
        : null;

    /// <summary>Where the first directory would be made that is not there yet: that tells where it leads.</summary>
    private static PathTrouble Missing(string path) => PathTrouble.Of(new PosixError($"enter {path}", Errno.ENOENT));

    private PathTrouble? Misplaced(string from, string to, FileStatus source) =>
        ProtectedPlaces.WhyNotInto(to, _run.Plan) is { } reason ? new PathTrouble($"`{to}` is {reason}")
            : from == to ? new PathTrouble($"`{to}` is `from` itself", "name another place")
            : source.IsDirectory && ProtectedPlaces.IsBelow(to, from) ? new PathTrouble($"`{to}` is inside `{from}`", "name another place")
            : null;

    private StepOutcome Copy()
    {
        var merge = new CopyMerge(Traits(), Exclusion(), MayGoOn);
        return _source.Each((directory, name) => Place(directory, name, merge, () => merge.Made + merge.Changed, () => merge.IsUnflushed)) is { } trouble
            ? Failed(trouble, "what was copied before it stays; each file is whole")
            : new StepOutcome.Succeeded(TransferWords.Of(merge, _source.Newest, _backups));
    }

    private StepOutcome Move()
    {
        var dress = new TreeTraits(_owner is { IsWritten: true } ? _owner : null, _request.Mode, null, MayGoOn);
        var merge = new MoveMerge(Traits(), dress, _run.Say, Exclusion(), MayGoOn);
        return _source.Each((directory, name) => Place(directory, name, merge, () => merge.Moved, () => false)) is { } trouble
            ? Failed(trouble, "what was moved before it stays moved; a second run goes on")
            : new StepOutcome.Succeeded(TransferWords.Of(merge, _source.Newest, _backups));
    }

    private PathTrouble? Place(OpenDirectory directory, FileName name, MergeWalk merge, Func<int> changes, Func<bool> isUnflushed)
    {
        if (directory.StatusOf(name, out var source) is { } unknown)
        {
            return PathTrouble.Of(unknown);
        }

        using var maker = new DirectoryMaker(new Traits(_owner, null));
        if (Target(source, name, maker.Make, out var pair, directory) is { } trouble)
        {
            return trouble;
        }

        using (pair.To)
        {
            LeftOvers.Sweep(pair.To, pair.Copy);
            var backup = Backup(pair, out var there);
            merge.BeforeChange = backup is null ? null : () => backup.Make(there);
            var before = changes();
            var failed = merge.Top(pair, _request.IsMany)
                ?? (changes() == before ? null : Flush(pair.To, isUnflushed()));
            if (failed is null)
            {
                backup?.Finish();
                _backups.AddRange(backup is { WasMade: true } ? [pair.To.At(backup.Name)] : []);
            }

            return failed;
        }
    }

    /// <summary>The names, and where there are very many files, all of them.</summary>
    private static PathTrouble? Flush(OpenDirectory directory, bool all) =>
        ((all ? directory.SyncFileSystem() : null) ?? directory.Sync()) is { } error ? PathTrouble.Of(error) : null;

    private KeptBackup? Backup(TreePair pair, out FileStatus there)
    {
        there = default;
        return _request.KeepsBackup && pair.To.StatusOf(pair.Copy, out there) is null
            ? new KeptBackup(pair.To, pair.Copy, _run.Say, MayGoOn)
            : null;
    }

    /// <summary>The directory of the pair is the caller's to close.</summary>
    private PathTrouble? Target(
        FileStatus source, FileName name, Func<OpenDirectory, FileName, PathTrouble?>? make, out TreePair pair, OpenDirectory directory)
    {
        PathTrouble? trouble;
        if (_request.IsMany)
        {
            trouble = TrustedPlace.Enter(_request.To.Text, make, out var target);
            pair = new TreePair(directory, name, target, name);
            return trouble;
        }

        trouble = TrustedPlace.Find(_request.To.Text, out var place, source.IsDirectory ? make : null, followsLast: source.IsDirectory);
        pair = new TreePair(directory, name, place.Directory, place.Name);
        return trouble;
    }

    private Exclusion Exclusion() => new(_request.Exclude.Select(item => item.Text));

    /// <summary>Only root can give files away; and a simulation knows not every user.</summary>
    private CopiedTraits Traits() => new(_owner, _request.Mode, _request.KeepsTraits, source =>
        Libc.EffectiveUserId() == 0 && (!_run.IsSimulated || (IdentityMap.HasUser(source.User) && IdentityMap.HasGroup(source.Group))));

    /// <param name="trouble">What is wrong.</param>
    /// <param name="state">How things stand now: told wherever the trouble brings no remedy of its own.</param>
    private StepOutcome Failed(PathTrouble trouble, string state) =>
        trouble.Number == Errno.EINTR && !MayGoOn() ? Interruption.Of(_run, TimeProvider.System.GetElapsedTime(_begun), [state])
            : new StepOutcome.Failed(trouble.Reason, trouble.Remedy ?? (Failure.Remedy(trouble.Number) is { } remedy ? $"{state}; {remedy}" : state));

    private string Untouched => $"nothing was {(_request.Moves ? "moved" : "copied")}";

    private bool MayGoOn() => _run.StoppedBy == 0 && !_run.Deadline.HasPassed;
}
