using HookRunner.Core.Steps;
using HookRunner.Host.Os;

namespace HookRunner.Host.Releases;

/// <summary>What a failed call means for the step it failed in.</summary>
internal static class Failure
{
    public static StepOutcome.Failed Of(PosixError error) => new(error.ToString(), Hint(error.Number));

    public static StepOutcome.Failed Of(PathTrouble trouble) => new(trouble.Reason, trouble.Remedy ?? Hint(trouble.Number));

    /// <summary>What to do about an error whatever it was that failed; null where the error says it all.</summary>
    public static string? Remedy(int number) => number switch
    {
        Errno.ENOSPC => "the disk is full: `df -h` and `df -i` tell what is short",
        Errno.EDQUOT => "the quota of the owner is used up",
        Errno.EROFS => "the file system is read-only: did the kernel remount it after an error (`dmesg`)?",
        Errno.EACCES => "hookrunner's user may not: it is meant to run as root",
        Errno.EPERM => "is it immutable (`lsattr -d`), or is hookrunner not root?",
        Errno.EBUSY => "something is mounted there",
        _ => null,
    };

    private static string? Hint(int number) => number == Errno.ENOSPC
        ? "the disk is full: `keep:` fewer releases, or set `keep_free:`; `df -h` and `df -i` tell what is short"
        : Remedy(number);
}
