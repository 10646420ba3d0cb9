using System.ComponentModel;
using System.Runtime.InteropServices;

namespace HookRunner.SystemTests.Support;

/// <summary>The calls that let a test start and watch a process as the agent does; the framework has none of them.</summary>
internal static unsafe partial class Posix
{
    public const int SIGKILL = 9;
    public const int SIGTERM = 15;
    public const int EINTR = 4;
    public const int ENOEXEC = 8;
    public const int ETXTBSY = 26;
    public const int F_DUPFD_CLOEXEC = 1030;
    public const int O_CLOEXEC = 0x80000;
    public const int CLONE_FS = 0x200;
    public const short POLLIN = 1;
    private const int PidfdOpen = 434;

    [StructLayout(LayoutKind.Sequential)]
    public record struct PollEntry(int Descriptor, short Wanted, short Seen);

    [LibraryImport("libc", EntryPoint = "pipe2", SetLastError = true)]
    public static partial int Pipe(int* ends, int flags);

    [LibraryImport("libc", EntryPoint = "close")]
    public static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    public static partial int Duplicate(int descriptor, int command, int lowest);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    public static partial nint Read(int descriptor, byte* buffer, nint count);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    public static partial int Poll(PollEntry* entries, nuint count, int milliseconds);

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    public static partial int Kill(int pid, int signal);

    [LibraryImport("libc", EntryPoint = "waitpid", SetLastError = true)]
    public static partial int Wait(int pid, int* status, int options);

    [LibraryImport("libc", EntryPoint = "umask")]
    public static partial uint Umask(uint mask);

    [LibraryImport("libc", EntryPoint = "unshare", SetLastError = true)]
    public static partial int Unshare(int flags);

    [LibraryImport("libc", EntryPoint = "chdir", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int ChangeDirectory(string path);

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Link(string existing, string added);

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial long SystemCall(long number, long first, long second);

    /// <summary>A descriptor that becomes readable when the process ends.</summary>
    public static int OpenProcess(int pid) => (int)Checked(SystemCall(PidfdOpen, pid, 0), "pidfd_open");

    public static (int ReadEnd, int WriteEnd) Pipe()
    {
        var ends = stackalloc int[2];
        Checked(Pipe(ends, O_CLOEXEC), "pipe2");
        return (ends[0], ends[1]);
    }

    /// <summary>Passes a call's result on; a failed one is the test machine's fault and says which.</summary>
    public static long Checked(long result, string call) =>
        result >= 0 ? result : throw new Win32Exception(Marshal.GetLastPInvokeError(), $"{call}: {Marshal.GetLastPInvokeErrorMessage()}");
}
