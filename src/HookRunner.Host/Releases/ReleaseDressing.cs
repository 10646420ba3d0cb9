using HookRunner.Core.Language;
using HookRunner.Core.Steps;
using HookRunner.Core.Values;
using HookRunner.Host.Execution;
using HookRunner.Host.Os;

namespace HookRunner.Host.Releases;

/// <summary>Gives a staged tree its owner, its shared paths and its mode, in this order. Done twice, the second changes nothing.</summary>
internal sealed class ReleaseDressing(StepRun run, ReleaseSettings settings)
{
    private readonly long _started = TimeProvider.System.GetTimestamp();

    /// <summary>Null where all is done.</summary>
    public StepOutcome? Dress(OpenDirectory release)
    {
        (uint User, uint Group)? owner = null;
        if (settings.Owner is { } name)
        {
            owner = run.FindOwner(name, out var failure);
            if (owner is not { } ids)
            {
                return failure;
            }

            if (new TreeOwner(ids.User, ids.Group, run.MayGoOn).Give(release) is { } error)
            {
                return Failure.Of(run, error, _started);
            }
        }

        var outcome = settings.Shared.IsEmpty ? null : new SharedPaths(run, settings, owner).Link(release);
        return outcome ?? (settings.Mode is { } mode && SetMode(release, mode) is { } unset ? Failure.Of(unset) : null);
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
