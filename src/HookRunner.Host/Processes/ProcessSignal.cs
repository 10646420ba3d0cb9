using System.Runtime.InteropServices;
using HookRunner.Host.Os;

namespace HookRunner.Host.Processes;

/// <summary>Signals to processes that are not our own children: their pids may come back as somebody else's.</summary>
internal static class ProcessSignal
{
    public const int Kill = 9, Terminate = 15, Continue = 18;

    /// <summary>Sends it to this very process, nothing where that has gone; false where we may not.</summary>
    public static bool Send(ProcessStat process, int signal)
    {
        var descriptor = (int)Libc.SystemCall(SystemCallNumber.PidfdOpen, process.Id, 0, 0, 0, 0);
        if (descriptor < 0 && Marshal.GetLastPInvokeError() == Errno.ESRCH)
        {
            return true;
        }

        var isAllowed = true;
        // Looked at behind the open: from here on the descriptor means this process, whatever becomes of its pid.
        if (ProcessStat.Read(process.Id)?.Identity == process.Identity)
        {
            isAllowed = SendNow(descriptor, process.Id, signal);
        }

        if (descriptor >= 0)
        {
            _ = Libc.Close(descriptor);
        }

        return isAllowed;
    }

    private static bool SendNow(int descriptor, int id, int signal)
    {
        // ENOSYS: a kernel before 5.1, or a sandbox that knows one call and not the other.
        if (descriptor >= 0 && (Libc.SystemCall(SystemCallNumber.PidfdSendSignal, descriptor, signal, 0, 0, 0) == 0
            || Marshal.GetLastPInvokeError() is Errno.ESRCH))
        {
            return true;
        }

        return Libc.Kill(id, signal) == 0 || Marshal.GetLastPInvokeError() != Errno.EPERM;
    }
}
