using System.Runtime.InteropServices;
using HookRunner.Host.Os;

namespace HookRunner.Host.Processes;

/// <summary>
/// Orphans that became children of hookrunner. The framework does not reap what it did not start, so it is done here,
/// always by pid: a wait for any child would steal the status of the step's own program.
/// </summary>
internal static class Adopted
{
    private const int AnyChild = 0;
    private const int AtOnce = 1, Exited = 4, KeepStatus = 0x01000000;
    private const int PidOffset = 16, InformationSize = 128;

    /// <summary>False where hookrunner has no child at all: one system call, so that the common case costs nothing.</summary>
    public static bool MayExist => Ended() >= 0;

    public static unsafe void Reap(int id) => _ = Libc.Wait(id, null, AtOnce, null);

    /// <summary>Reaps those that have ended, up to the first that is <paramref name="except"/>.</summary>
    public static void ReapAll(int except)
    {
        for (var reaped = 0; reaped < 1000 && Ended() is var id and > 0 && id != except; reaped++)
        {
            Reap(id);
        }
    }

    /// <summary>The pid of a child that has ended; 0 where all live; -1 where there is no child.</summary>
    private static unsafe int Ended()
    {
        var information = stackalloc byte[InformationSize];
        new Span<byte>(information, InformationSize).Clear();
        var result = Libc.WaitId(AnyChild, 0, information, Exited | KeepStatus | AtOnce);
        return result == 0 ? *(int*)(information + PidOffset) : Marshal.GetLastPInvokeError() == Errno.ECHILD ? -1 : 0;
    }
}
