using HookRunner.Host.Os;

namespace HookRunner.Host.Processes;

/// <summary>Ends every process of a program: TERM, a time of grace, KILL, until none is left. Bounded in every case.</summary>
internal sealed class StopLadder(StartedProgram program, TerminationSignals signals)
{
    private static readonly TimeSpan KillWithin = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan HurriedKillWithin = TimeSpan.FromSeconds(1.5);
    private static readonly TimeSpan BeyondReachAfter = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(50);

    private readonly HashSet<ProcessIdentity> _asked = [];
    private readonly HashSet<ProcessIdentity> _refused = [];

    private bool IsHurried => signals.Received != 0;

    /// <summary>What no signal could end: it waits in the kernel, or belongs to somebody whom we may not signal.</summary>
    public List<ProcessStat> Stop()
    {
        var start = TimeProvider.System.GetTimestamp();
        var end = program.Request.Grace;
        var pause = ShortestPause;
        var living = Look();
        while (living.Count > 0 && !signals.Urgent)
        {
            var elapsed = TimeProvider.System.GetElapsedTime(start);
            if (IsHurried && elapsed + HurriedGrace.Span < end)
            {
                end = elapsed + HurriedGrace.Span;
            }

            if (elapsed >= end)
            {
                break;
            }

            living.ForEach(Ask);
            Wait(pause < end - elapsed ? pause : end - elapsed);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            living = Look();
        }

        return Kill(living);
    }

    private void Wait(TimeSpan span)
    {
        signals.Acknowledge();
        var descriptor = program.Child.HasEnded ? -1 : program.Child.Descriptor;
        _ = Descriptors.WaitForEither(descriptor, signals.WakeDescriptor, span);
        program.Log.Turn();
    }

    private List<ProcessStat> Kill(List<ProcessStat> living)
    {
        var start = TimeProvider.System.GetTimestamp();
        var elapsed = TimeSpan.Zero;
        while (living.Count > 0
            && elapsed < (IsHurried ? HurriedKillWithin : KillWithin)
            && !(elapsed > BeyondReachAfter && living.TrueForAll(IsBeyondReach)))
        {
            living.ForEach(process => Send(process, ProcessSignal.Kill));
            Thread.Sleep(elapsed < ShortestPause ? 1 : 5);
            living = Look();
            elapsed = TimeProvider.System.GetElapsedTime(start);
        }

        return living;
    }

    private void Ask(ProcessStat process)
    {
        if (_asked.Add(process.Identity))
        {
            Send(process, ProcessSignal.Terminate);
            // A stopped process takes its TERM only when it goes on.
            Send(process, ProcessSignal.Continue);
        }
    }

    private void Send(ProcessStat process, int signal)
    {
        if (!ProcessSignal.Send(process, signal))
        {
            _refused.Add(process.Identity);
        }
    }

    private bool IsBeyondReach(ProcessStat process) => process.IsUninterruptible || _refused.Contains(process.Identity);

    // A process that exits while it is looked for can hide its neighbours: only two empty looks mean that none is left.
    private List<ProcessStat> Look() => program.Descendants.Survey(everywhere: true) is { Count: > 0 } living
        ? living
        : program.Descendants.Survey(everywhere: false);
}
