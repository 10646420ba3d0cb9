using System.Globalization;
using System.Runtime.InteropServices;

namespace HookRunner.Host.Processes;

/// <summary>The processors that a binary says it is for (elf.h, EM_*).</summary>
internal static class ElfMachine
{
    private const ushort X64 = 62, Arm64 = 183;

    public static ushort ThisHost { get; } = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? Arm64 : X64;

    /// <summary>As `uname -m` says it.</summary>
    public static string Name(ushort machine) => machine switch
    {
        3 => "i386",
        21 => "ppc64",
        22 => "s390x",
        40 => "arm",
        X64 => "x86_64",
        Arm64 => "aarch64",
        243 => "riscv64",
        _ => string.Create(CultureInfo.InvariantCulture, $"machine {machine}"),
    };
}
