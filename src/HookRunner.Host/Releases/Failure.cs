using HookRunner.Core.Steps;
using HookRunner.Host.Execution;
using HookRunner.Host.Os;

namespace HookRunner.Host.Releases;

/// <summary>What a failed call means for the step it failed in.</summary>
internal static class Failure
{
    /// <summary>Whether there is time, and nobody told us to stop: asked by all that takes long.</summary>
    public static bool MayGoOn(this StepRun run) => !run.Stopping.IsCancellationRequested && !run.Deadline.HasPassed;

    /// <summary>A failure, with a hint where the error tells the cause; or the end that came first.</summary>
    public static StepOutcome Of(StepRun run, PosixError error, long started)
    {
        if (error.Number == Errno.EINTR && run.Stopping.IsCancellationRequested)
        {
            return new StepOutcome.Stopped(run.StoppedBy);
        }

        return error.Number == Errno.EINTR && run.Deadline.HasPassed
            ? new StepOutcome.TimedOut(TimeProvider.System.GetElapsedTime(started), run.Deadline.SetBy)
            : Of(error);
    }

    public static StepOutcome.Failed Of(PosixError error) => new(error.ToString(), Hint(error.Number));

    public static StepOutcome.Failed Of(PathTrouble trouble) => new(trouble.Reason, trouble.Remedy ?? Hint(trouble.Number));

    private static string? Hint(int number) => number switch
    {
        Errno.ENOSPC => "the disk is full: `keep:` fewer releases, or set `keep_free:`; `df -h` and `df -i` tell what is short",
        Errno.EDQUOT => "the quota of the owner is used up",
        Errno.EROFS => "the file system is read-only: did the kernel remount it after an error (`dmesg`)?",
        Errno.EACCES => "hookrunner's user may not: it is meant to run as root",
        Errno.EPERM => "is it immutable (`lsattr -d`), or is hookrunner not root?",
        Errno.EBUSY => "something is mounted there",
        _ => null,
    };
}
