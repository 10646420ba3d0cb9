using HookRunner.Host.Os;

namespace HookRunner.Host.Processes;

/// <summary>Ends every process of a program: TERM, a time of grace, KILL, until none is left. Bounded in every case.</summary>
internal sealed class StopLadder(StartedProgram program, TerminationSignals signals)
{
    /// <summary>Grace where hookrunner itself was told to stop: agent 2.x kills it 5 s after its TERM.</summary>
    private static readonly TimeSpan ShortGrace = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan KillWithin = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ShortKillWithin = TimeSpan.FromSeconds(1.5);
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(50);

    private readonly HashSet<ProcessIdentity> _asked = [];

    private bool IsHurried => signals.Received != 0;

    /// <summary>What no signal could end (it waits in the kernel, or belongs to somebody we may not signal).</summary>
    public List<ProcessStat> Stop()
    {
        var descriptor = program.Child.HasEnded ? -1 : program.Child.Descriptor;
        var grace = program.Request.Grace;
        var start = TimeProvider.System.GetTimestamp();
        var hurriedAt = IsHurried ? TimeSpan.Zero : TimeSpan.MaxValue;
        var pause = ShortestPause;
        var living = Look();
        while (living.Count > 0 && !signals.Urgent)
        {
            var elapsed = TimeProvider.System.GetElapsedTime(start);
            hurriedAt = IsHurried && elapsed < hurriedAt ? elapsed : hurriedAt;
            var end = IsHurried && hurriedAt + ShortGrace < grace ? hurriedAt + ShortGrace : grace;
            if (elapsed >= end)
            {
                break;
            }

            living.ForEach(Ask);
            signals.Acknowledge();
            descriptor = Descriptors.WaitForEither(descriptor, signals.WakeDescriptor, pause).First ? -1 : descriptor;
            program.Log.Turn();
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            living = Look();
        }

        return Kill(living);
    }

    private List<ProcessStat> Kill(List<ProcessStat> living)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (living.Count > 0 && TimeProvider.System.GetElapsedTime(start) < (IsHurried ? ShortKillWithin : KillWithin))
        {
            living.ForEach(process => ProcessSignal.Send(process, ProcessSignal.Kill));
            Thread.Sleep(1);
            living = Look();
        }

        return living;
    }

    private void Ask(ProcessStat process)
    {
        if (_asked.Add(process.Identity))
        {
            ProcessSignal.Send(process, ProcessSignal.Terminate);
            ProcessSignal.Send(process, ProcessSignal.Continue);
        }
    }

    // A process that exits while it is looked for can hide its neighbours: only two empty looks mean that none is left.
    private List<ProcessStat> Look() => program.Descendants.Survey(everywhere: true) is { Count: > 0 } living
        ? living
        : program.Descendants.Survey(everywhere: true);
}
