using System.Runtime.InteropServices;

namespace HookRunner.Host.Os;

/// <summary>Flags of open(2). Three of them have other numbers on arm64 (arch/arm64/include/uapi/asm/fcntl.h).</summary>
internal static class OpenFlags
{
    public const int ReadOnly = 0, WriteOnly = 1, ReadWrite = 2, Create = 0x40, Exclusive = 0x80, Truncate = 0x200,
        Append = 0x400, NonBlocking = 0x800, CloseOnExec = 0x80000, PathOnly = 0x200000;

    private static readonly bool IsArm64 = RuntimeInformation.ProcessArchitecture == Architecture.Arm64;

    public static int Directory { get; } = IsArm64 ? 0x4000 : 0x10000;

    public static int NoFollow { get; } = IsArm64 ? 0x8000 : 0x20000;
}
