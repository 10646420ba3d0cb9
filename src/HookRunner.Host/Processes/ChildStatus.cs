using System.Runtime.InteropServices;
using HookRunner.Host.Os;

namespace HookRunner.Host.Processes;

/// <summary>The exact end of a child, left in place: whoever reaps it can still read it.</summary>
internal static class ChildStatus
{
    private const int ByPid = 1;
    private const int Exited = 4, AtOnce = 1, KeepStatus = 0x01000000;
    private const int CodeExited = 1, CodeDumped = 3;
    private const int CodeOffset = 8, PidOffset = 16, StatusOffset = 24, InformationSize = 128;

    /// <summary>Null while it lives, or where it is no child of ours (any more).</summary>
    public static unsafe ProcessEnd? Read(int id, bool waits = false)
    {
        var information = stackalloc byte[InformationSize];
        int result;
        do
        {
            new Span<byte>(information, InformationSize).Clear();
            result = Libc.WaitId(ByPid, id, information, Exited | KeepStatus | (waits ? 0 : AtOnce));
        }
        while (result < 0 && Marshal.GetLastPInvokeError() == Errno.EINTR);

        if (result < 0 || *(int*)(information + PidOffset) == 0)
        {
            return null;
        }

        var status = *(int*)(information + StatusOffset);
        return *(int*)(information + CodeOffset) is var code && code == CodeExited
            ? new ProcessEnd.Exited(status)
            : new ProcessEnd.Killed(status, code == CodeDumped);
    }
}
