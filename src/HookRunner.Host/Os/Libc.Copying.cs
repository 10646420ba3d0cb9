using System.Runtime.InteropServices;

namespace HookRunner.Host.Os;

/// <summary>Calls that give a copy what its original has.</summary>
internal static partial class Libc
{
    [LibraryImport(Library, EntryPoint = "pwrite64", SetLastError = true)]
    public static unsafe partial nint WriteAt(int descriptor, byte* buffer, nint count, long offset);

    [LibraryImport(Library, EntryPoint = "linkat", SetLastError = true)]
    public static unsafe partial int LinkAt(int fromDirectory, byte* from, int toDirectory, byte* to, int flags);

    [LibraryImport(Library, EntryPoint = "fchmodat", SetLastError = true)]
    public static unsafe partial int ChangeModeAt(int directory, byte* name, uint mode, int flags);

    /// <param name="times">Four numbers: seconds and nanoseconds of the last access, then of the last change.</param>
    [LibraryImport(Library, EntryPoint = "utimensat", SetLastError = true)]
    public static unsafe partial int SetTimesAt(int directory, byte* name, long* times, int flags);

    /// <summary>As <see cref="SystemCall(long, long, long, long, long, long)"/>, with one argument more.</summary>
    [LibraryImport(Library, EntryPoint = "syscall", SetLastError = true)]
    public static partial long SystemCall(long number, long first, long second, long third, long fourth, long fifth, long sixth);

    [LibraryImport(Library, EntryPoint = "fstatfs64", SetLastError = true)]
    public static unsafe partial int FileSystemStatus(int descriptor, byte* status);
}
