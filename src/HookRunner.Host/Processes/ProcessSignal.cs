using System.Runtime.InteropServices;
using HookRunner.Host.Os;

namespace HookRunner.Host.Processes;

/// <summary>Signals to processes that are not our own children: their pids may come back as somebody else's.</summary>
internal static class ProcessSignal
{
    public const int Kill = 9, Terminate = 15, Continue = 18;

    /// <summary>Sends it to this very process; nothing where that has gone.</summary>
    public static void Send(ProcessStat process, int signal)
    {
        var descriptor = (int)Libc.SystemCall(SystemCallNumber.PidfdOpen, process.Id, 0, 0, 0, 0);
        if (descriptor < 0 && Marshal.GetLastPInvokeError() == Errno.ESRCH)
        {
            return;
        }

        // Looked at behind the open: from here on the descriptor means this process, whatever becomes of its pid.
        if (ProcessStat.Read(process.Id)?.Identity == process.Identity)
        {
            _ = descriptor >= 0
                ? Libc.SystemCall(SystemCallNumber.PidfdSendSignal, descriptor, signal, 0, 0, 0)
                : Libc.Kill(process.Id, signal);
        }

        if (descriptor >= 0)
        {
            _ = Libc.Close(descriptor);
        }
    }
}
