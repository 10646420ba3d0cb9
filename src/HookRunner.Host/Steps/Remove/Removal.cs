using System.Collections.Immutable;
using System.Globalization;
using HookRunner.Core.Steps;
using HookRunner.Host.Os;
using HookRunner.Host.Releases;
using HookRunner.Host.Steps.Files;

namespace HookRunner.Host.Steps.Remove;

/// <summary>Removes what paths name, except what is to stay, and counts.</summary>
internal sealed class Removal
{
    private readonly StepRun _run;
    private readonly ImmutableArray<Glob> _except;
    private readonly string? _within;
    private readonly TreeRemoval _trees;
    private readonly long _begun = TimeProvider.System.GetTimestamp();
    private int _removed, _kept, _entries;

    public Removal(StepRun run, IEnumerable<string> except, string? within)
    {
        (_run, _except, _within) = (run, [.. except.Select(pattern => new Glob(pattern))], within);
        _trees = new TreeRemoval(MayGoOn);
    }

    public StepOutcome Do(IEnumerable<string> paths)
    {
        foreach (var path in paths)
        {
            var matches = new PathMatches(path);
            var failure = matches.Each<StepOutcome>(
                trouble => new StepOutcome.Failed(trouble.Reason, trouble.Remedy ?? Before),
                (directory, name) => One(directory, name, matches.IsPlain));
            if (failure is not null)
            {
                return failure;
            }
        }

        return new StepOutcome.Succeeded(_removed == 0 ? "already so" : string.Create(
            CultureInfo.InvariantCulture,
            $"removed {_removed}{(_entries > 0 ? $" with {_entries} entries in them" : "")}{(_kept > 0 ? $", kept {_kept}" : "")}"));
    }

    /// <summary>A directory that was named itself loses what is in it where something is to stay.</summary>
    private StepOutcome? One(OpenDirectory directory, FileName name, bool isPlain)
    {
        if (Refuse(directory, name) is { } refused)
        {
            return refused;
        }

        if (!isPlain || _except.Length == 0)
        {
            return Remove(directory, name);
        }

        if (directory.Open(name, out var inner) is not null)
        {
            inner.Dispose();
            return Remove(directory, name);
        }

        var kept = _kept;
        using (inner)
        {
            inner.List(out var children);
            children.Sort((one, other) => one.Bytes.SequenceCompareTo(other.Bytes));
            var failure = children.Select(child => Remove(inner, child)).FirstOrDefault(outcome => outcome is not null);
            if (failure is not null || _kept > kept)
            {
                return failure;
            }
        }

        return Remove(directory, name);
    }

    private StepOutcome? Remove(OpenDirectory directory, FileName name)
    {
        if (_except.Any(pattern => pattern.Matches(name.Bytes)))
        {
            _kept++;
            return null;
        }

        if (_trees.Remove(directory, name) is not { } error)
        {
            _removed++;
            return null;
        }

        return error.Number == Errno.EINTR && (_run.StoppedBy != 0 || _run.Deadline.HasPassed)
            ? Interruption.Of(_run, TimeProvider.System.GetElapsedTime(_begun), [Before])
            : new StepOutcome.Failed(error.ToString(), error.Number == Errno.EPERM ? $"is it immutable (`lsattr`)? {Before}" : Before);
    }

    private StepOutcome.Failed? Refuse(OpenDirectory directory, FileName name)
    {
        var real = directory.RealPathOf(name);
        if (_within is not null && TrustedPlace.Enter(_within, null, out var within) is var trouble)
        {
            using (within)
            {
                if (trouble is null && !ProtectedPlaces.IsBelow(real, within.RealPath))
                {
                    return new StepOutcome.Failed($"`{directory.At(name)}` is really `{real}`, which is not inside `{_within}`", Before);
                }
            }
        }

        return ProtectedPlaces.WhyNot(real, _run.Plan) is { } reason ? new StepOutcome.Failed($"`{real}` is {reason}", Before) : null;
    }

    private bool MayGoOn()
    {
        _entries++;
        return _run.StoppedBy == 0 && !_run.Deadline.HasPassed;
    }

    private string Before => _removed + _entries == 0
        ? "nothing was removed"
        : string.Create(CultureInfo.InvariantCulture, $"{_removed} before it {(_removed == 1 ? "is" : "are")} removed, and perhaps part of it");
}
