using System.Runtime.InteropServices;

namespace HookRunner.Host.Os;

/// <summary>Numbers of system calls that glibc 2.17 has no function for; where the architectures differ, the right one.</summary>
internal static class SystemCallNumber
{
    private static readonly bool IsArm64 = RuntimeInformation.ProcessArchitecture == Architecture.Arm64;

    /// <summary>Has no function in glibc at all.</summary>
    public static long PivotRoot { get; } = IsArm64 ? 41 : 155;

    /// <summary>What readdir(3) is made of, with names as bytes.</summary>
    public static long DirectoryEntries { get; } = IsArm64 ? 61 : 217;

    /// <summary>newfstatat, fstatat on arm64.</summary>
    public static long StatusAt { get; } = IsArm64 ? 79 : 262;

    /// <summary>For special files; glibc 2.17 has it under an inner name only.</summary>
    public static long MakeNodeAt { get; } = IsArm64 ? 33 : 259;

    /// <summary>Three neighbours; the l-forms have no function in the names we may link.</summary>
    public static long SetLinkAttribute { get; } = IsArm64 ? 6 : 189;

    public static long GetLinkAttribute { get; } = IsArm64 ? 9 : 192;

    public static long ListLinkAttributes { get; } = IsArm64 ? 12 : 195;

    /// <summary>Of a thread: no function in glibc.</summary>
    public static long SetIoPriority { get; } = IsArm64 ? 30 : 251;

    /// <summary>Linux 3.15.</summary>
    public static long RenameAt2 { get; } = IsArm64 ? 276 : 316;

    /// <summary>Linux 3.17.</summary>
    public static long MemfdCreate { get; } = IsArm64 ? 279 : 319;

    /// <summary>Linux 4.5.</summary>
    public static long CopyFileRange { get; } = IsArm64 ? 285 : 326;

    /// <summary>Linux 5.1.</summary>
    public static long PidfdSendSignal => 424;

    /// <summary>Linux 5.3.</summary>
    public static long PidfdOpen => 434;

    /// <summary>Linux 5.9; CLOSE_RANGE_CLOEXEC 5.11.</summary>
    public static long CloseRange => 436;
}
