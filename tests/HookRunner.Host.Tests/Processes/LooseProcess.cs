using System.Diagnostics;

namespace HookRunner.Host.Tests.Processes;

/// <summary>A process that is no descendant of the driver, with a variable in its environment.</summary>
internal sealed class LooseProcess : IDisposable
{
    private readonly Process _process;

    public LooseProcess((string Name, string Value) variable)
    {
        var start = new ProcessStartInfo("sleep", "300");
        start.Environment[variable.Name] = variable.Value;
        _process = Process.Start(start)!;
    }

    public bool HasEnded => _process.WaitForExit(TimeSpan.FromMilliseconds(200));

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
