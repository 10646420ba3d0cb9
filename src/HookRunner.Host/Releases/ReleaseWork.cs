using HookRunner.Core.Language;
using HookRunner.Core.Steps;
using HookRunner.Core.Values;
using HookRunner.Host.Os;

namespace HookRunner.Host.Releases;

/// <summary>What `release: stage`, `activate` and `rollback` work with: the host's releases, and the bounds of the step.</summary>
internal sealed record ReleaseWork
{
    public required ReleaseContext Releases { get; init; }

    public required ReleaseSettings Settings { get; init; }

    public required Action<string> Say { get; init; }

    public required OwnerFinder FindOwner { get; init; }

    public required Deadline Deadline { get; init; }

    public required CancellationToken Stopping { get; init; }

    /// <summary>The signal that <see cref="Stopping"/> stands for.</summary>
    public required Func<int> StoppedBy { get; init; }

    public string Deployment => Releases.Plan.Deployment.Deployment;

    /// <summary>Whether there is time, and nobody told us to stop: asked by all that takes long.</summary>
    public bool MayGoOn() => !Stopping.IsCancellationRequested && !Deadline.HasPassed;

    /// <summary>A failure, with a hint where the error tells the cause; or the end that came first.</summary>
    public StepOutcome Fail(PosixError error, long started)
    {
        if (error.Number == Errno.EINTR && Stopping.IsCancellationRequested)
        {
            return new StepOutcome.Stopped(StoppedBy());
        }

        return error.Number == Errno.EINTR && Deadline.HasPassed
            ? new StepOutcome.TimedOut(TimeProvider.System.GetElapsedTime(started), Deadline.SetBy)
            : Failure.Of(error);
    }

    /// <summary>The ids for an owner as written, or the reason why there is none.</summary>
    internal delegate (uint User, uint Group)? OwnerFinder(OwnerName owner, out StepOutcome.Failed? failure);
}
