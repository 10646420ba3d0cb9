using HookRunner.Host.Os;

namespace HookRunner.Host.Releases;

/// <summary>Runs work that must not be in the way of the application: on a thread with the lowest share of processor and disk.</summary>
internal static class LowPriority
{
    private const int Process = 0, Lowest = 19, IdleClass = 3 << 13;

    public static void Run(Action work)
    {
        var thread = new Thread(() =>
        {
            // On Linux both hold for the calling thread alone (setpriority(2), ioprio_set(2)).
            _ = Libc.SetPriority(Process, 0, Lowest);
            _ = Libc.SystemCall(SystemCallNumber.SetIoPriority, 1, 0, IdleClass, 0, 0);
            work();
        });
        thread.Start();
        thread.Join();
    }
}
