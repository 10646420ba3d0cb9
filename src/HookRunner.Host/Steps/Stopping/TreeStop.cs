using HookRunner.Core.Steps;
using HookRunner.Core.Values;
using HookRunner.Host.Os;
using HookRunner.Host.Processes;

namespace HookRunner.Host.Steps.Stopping;

/// <summary>
/// Ends processes and all that they started. The topmost get TERM, since they know how to end their own; what outlives
/// them gets it then; what lives after <paramref name="within"/> gets KILL.
/// </summary>
/// <param name="run">Whose waits are used; null: they end with nothing but their time.</param>
/// <param name="found">Those to end, with what they started.</param>
/// <param name="within">The time between TERM and KILL.</param>
internal sealed class TreeStop(StepRun? run, IReadOnlyList<ProcessStat> found, TimeSpan within)
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan KillWithin = TimeSpan.FromSeconds(5);

    private readonly List<ProcessStat> _members = [.. found];
    private readonly HashSet<ProcessIdentity> _known = [.. found.Select(process => process.Identity)];
    private readonly HashSet<ProcessIdentity> _topmost = [.. Topmost(found)];
    private readonly HashSet<ProcessIdentity> _asked = [];
    private readonly long _begun = TimeProvider.System.GetTimestamp();
    private int _killed;

    /// <summary>How it went, in words: `stopped pid 4711 and 3 more`.</summary>
    public string Note
    {
        get
        {
            var others = _known.Count - 1;
            var who = $"pid {_members.Find(process => _topmost.Contains(process.Identity)).Id}{(others > 0 ? $" and {others} more" : "")}";
            return _killed == 0 ? $"stopped {who}" : $"stopped {who}, {(_killed == 1 ? "one" : $"{_killed}")} of them by KILL after {Duration.Format(within)}";
        }
    }

    /// <summary>What shall go whatever the clock says: where the step is over already, waits may not depend on its time.</summary>
    public static void Hurry(IReadOnlyList<ProcessStat> members)
    {
        var grace = TimeSpan.FromSeconds(1.5);
        var stop = new TreeStop(null, members, grace);
        _ = members.Count == 0 ? null : stop.Run();
    }

    /// <summary>Null where none is left.</summary>
    public StepOutcome? Run()
    {
        var pause = ShortestPause;
        var living = Look();
        while (living.Count > 0 && Elapsed < within)
        {
            if (Ask(living) is { } refused)
            {
                return refused;
            }

            if (!Pause(pause < within - Elapsed ? pause : within - Elapsed))
            {
                return Interruption.Of(run!, Elapsed, [Survivors(living)]);
            }

            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            living = Look();
        }

        return living.Count == 0 ? null : Kill(living);
    }

    private TimeSpan Elapsed => TimeProvider.System.GetElapsedTime(_begun);

    private bool Pause(TimeSpan span)
    {
        if (run is not null)
        {
            return run.Pause(span);
        }

        Thread.Sleep(span);
        return true;
    }

    private StepOutcome? Kill(List<ProcessStat> living)
    {
        _killed = living.Count;
        var start = TimeProvider.System.GetTimestamp();
        while (living.Count > 0)
        {
            if (TimeProvider.System.GetElapsedTime(start) > KillWithin)
            {
                return new StepOutcome.Failed($"{Survivors(living)}: not even KILL ends it", "it waits in the kernel, mostly for a disk or a network drive");
            }

            foreach (var process in living)
            {
                if (!ProcessSignal.Send(process, ProcessSignal.Kill))
                {
                    return Denied(process);
                }
            }

            if (!Pause(ShortestPause))
            {
                return Interruption.Of(run!, Elapsed, [Survivors(living)]);
            }

            living = Look();
        }

        return null;
    }

    private StepOutcome? Ask(List<ProcessStat> living)
    {
        var first = living.FindAll(process => _topmost.Contains(process.Identity));
        foreach (var process in first.Count > 0 ? first : living)
        {
            if (!_asked.Add(process.Identity))
            {
                continue;
            }

            if (!ProcessSignal.Send(process, ProcessSignal.Terminate))
            {
                return Denied(process);
            }

            // A stopped process takes its TERM only when it goes on.
            ProcessSignal.Send(process, ProcessSignal.Continue);
        }

        return null;
    }

    /// <summary>A process that exits while it is looked for can hide its neighbours: only two empty looks mean that none is left.</summary>
    private List<ProcessStat> Look() => Survey() is { Count: > 0 } living ? living : Survey();

    private List<ProcessStat> Survey()
    {
        var tree = new ProcessTree();
        var living = new List<ProcessStat>();
        for (var index = 0; index < _members.Count; index++)
        {
            var member = _members[index];
            if (ProcessStat.Read(member.Id) is not { IsAlive: true } process || process.Identity != member.Identity)
            {
                continue;
            }

            living.Add(process);
            foreach (var id in tree.ChildrenOf(process.Id, process.Threads))
            {
                if (ProcessStat.Read(id) is { IsAlive: true } child && child.Parent == process.Id && _known.Add(child.Identity))
                {
                    _members.Add(child);
                }
            }
        }

        return living;
    }

    private static IEnumerable<ProcessIdentity> Topmost(IReadOnlyList<ProcessStat> found)
    {
        var ids = found.Select(process => process.Id).ToHashSet();
        return found.Where(process => !HasAncestorIn(process, ids)).Select(process => process.Identity);
    }

    private static bool HasAncestorIn(ProcessStat process, HashSet<int> ids)
    {
        for (var parent = process.Parent; parent > 1 && ProcessStat.Read(parent) is { } above; parent = above.Parent)
        {
            if (ids.Contains(parent))
            {
                return true;
            }
        }

        return false;
    }

    private static StepOutcome.Failed Denied(ProcessStat process) => new(
        $"{Environment.UserName} may not stop {Survivors([process])}", "run the hook as root (leave out `runas`), or as that process's user");

    private static string Survivors(List<ProcessStat> living)
    {
        var first = LiveProcesses.Describe([living[0]])[0];
        return $"pid {first.Id} ({first.Command}){(living.Count > 1 ? $" and {living.Count - 1} more" : "")}";
    }
}
