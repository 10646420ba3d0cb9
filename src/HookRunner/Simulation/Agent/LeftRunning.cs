using System.Collections.Immutable;
using System.Globalization;
using HookRunner.Host.Os;
using HookRunner.Host.Processes;

namespace HookRunner.Simulation.Agent;

/// <summary>What the hooks started and did not end: every process below this one.</summary>
internal static class LeftRunning
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>`perl server.pl (pid 12)`; what such a one has started itself is not named.</summary>
    public static ImmutableArray<string> Commands() =>
        [.. LiveProcesses.Describe(Find().Where(process => process.Parent == Environment.ProcessId)).Select(process => string.Create(CultureInfo.InvariantCulture, $"{process.Command} (pid {process.Id})"))];

    /// <summary>Ends them all, those among them that a dying one leaves to us.</summary>
    public static void Stop()
    {
        var start = TimeProvider.System.GetTimestamp();
        while (Find() is { Count: > 0 } alive && TimeProvider.System.GetElapsedTime(start) < Patience)
        {
            alive.ForEach(process => ProcessSignal.Send(process, ProcessSignal.Kill));
            Thread.Sleep(1);
        }
    }

    private static List<ProcessStat> Find()
    {
        _ = Reaper.Collect(0);
        var tree = new ProcessTree();
        var found = new List<ProcessStat>();
        var waiting = new Stack<int>([Environment.ProcessId]);
        while (waiting.TryPop(out var parent))
        {
            foreach (var child in tree.ChildrenOf(parent, threads: 0).Select(ProcessStat.Read).OfType<ProcessStat>().Where(child => child.IsAlive))
            {
                found.Add(child);
                waiting.Push(child.Id);
            }
        }

        return found;
    }
}
