using HookRunner.Core.Steps;
using HookRunner.Core.Values;
using HookRunner.Host.Os;

namespace HookRunner.Host.Releases;

/// <summary>Gives a staged tree its owner, its shared paths and its mode, in this order. Done twice, the second changes nothing.</summary>
internal sealed class ReleaseDressing(ReleaseWork work)
{
    private readonly long _started = TimeProvider.System.GetTimestamp();

    /// <summary>Null where all is done.</summary>
    public StepOutcome? Dress(OpenDirectory release)
    {
        (uint User, uint Group)? owner = null;
        if (work.Settings.Owner is { } name)
        {
            owner = work.FindOwner(name, out var failure);
            if (owner is not { } ids)
            {
                return failure;
            }

            if (new TreeOwner(ids.User, ids.Group, work.MayGoOn).Give(release) is { } error)
            {
                return work.Fail(error, _started);
            }
        }

        var outcome = work.Settings.Shared.IsEmpty ? null : new SharedPaths(work, owner).Link(release);
        return outcome ?? (work.Settings.Mode is { } mode && SetMode(release, mode) is { } unset ? Failure.Of(unset) : null);
    }

    private static PosixError? SetMode(OpenDirectory release, UnixMode mode)
    {
        if (release.Status(out var status) is { } error)
        {
            return error;
        }

        var wanted = mode.Apply(status.Permissions, isDirectory: true);
        return wanted == status.Permissions ? null : release.ChangeMode(FileName.Here, wanted);
    }
}
