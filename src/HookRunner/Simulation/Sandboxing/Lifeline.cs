using HookRunner.Core.Reporting;
using HookRunner.Host.Os;
using HookRunner.Host.Processes;

namespace HookRunner.Simulation.Sandboxing;

/// <summary>
/// The sandbox lives as long as the process that a person started: that one holds the other end of our stdin and never
/// writes. When it is gone, however it went, we go, and the kernel ends every process of the namespace with its first.
/// </summary>
internal static class Lifeline
{
    public static void Hold()
    {
        Namespaces.DieWithParent();
        var thread = new Thread(WaitForEnd) { IsBackground = true };
        thread.Start();
    }

    private static void WaitForEnd()
    {
        var end = new PipeEnd(0);
        var buffer = new byte[16];
        while (end.Read(buffer) > 0)
        {
        }

        Libc.ExitNow(ExitStatus.Signalled(ProcessSignal.Kill));
    }
}
