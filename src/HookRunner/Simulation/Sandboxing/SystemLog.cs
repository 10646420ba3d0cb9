using HookRunner.Host.Os;

namespace HookRunner.Simulation.Sandboxing;

/// <summary>A /dev/log that takes what `logger` and the like write and keeps none of it: without one they fail.</summary>
internal static class SystemLog
{
    private const string Path = "/dev/log";
    private const uint ForAll = 0x1B6;

    public static void Open()
    {
        if (DatagramSink.Open(Path) is null)
        {
            PosixPath.ChangeMode(Path, ForAll);
        }
    }
}
