using HookRunner.Host.Os;
using HookRunner.Host.Output;

namespace HookRunner.Host.Processes;

/// <summary>One program from its start to its report: what comes first of its end, its deadline, and the word to stop.</summary>
internal sealed class Supervision(StartedProgram program, TerminationSignals signals, OutputRelay relay)
{
    private static readonly TimeSpan Eager = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Calm = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan HandlerDelay = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Afterglow = TimeSpan.FromMilliseconds(200);

    private readonly ChildProcess _child = program.Child;

    public ProcessReport Run()
    {
        var end = Judge(Follow() ?? _child.ReadEnd());
        var took = program.Elapsed;
        return end is ProcessEnd.Exited { Status: 0 } ? Succeeded(end, took) : Failed(end);
    }

    private ProcessReport Succeeded(ProcessEnd end, TimeSpan took)
    {
        _child.LetGo();
        // Without any child there is nothing to look for: one system call for what is by far the most common case.
        var left = Adopted.MayExist ? Settle() : [];
        return Report(end, took) with { LeftBehind = LiveProcesses.Describe(left) };
    }

    private ProcessReport Failed(ProcessEnd end)
    {
        if (end is ProcessEnd.Exited or ProcessEnd.Killed)
        {
            Settle();
        }

        var unstoppable = new StopLadder(program, signals).Stop();
        if (_child.HasEnded)
        {
            _child.LetGo();
        }

        var took = program.Elapsed;
        return Report(end, took) with
        {
            Unstoppable = LiveProcesses.Describe(unstoppable),
            OutOfMemory = MayBeOutOfMemory(end, took) ? OutOfMemoryKill.Within(took) : null,
        };
    }

    // A parent may give any status when its child was killed; but what uses up memory takes its time.
    private static bool MayBeOutOfMemory(ProcessEnd end, TimeSpan took) =>
        end is ProcessEnd.Killed { Signal: 9 } or ProcessEnd.Exited { Status: 137 } || (end is ProcessEnd.Exited && took > Second);

    private ProcessReport Report(ProcessEnd end, TimeSpan took)
    {
        var tail = program.Log.Finish();
        var isCut = false;
        var output = program.Capture?.Read(out isCut) ?? [];
        return new ProcessReport(end, took, CaptureFile.Text(output), tail, [], []) { Output = output, CaptureIsCut = isCut };
    }

    // A signal to the whole group ends the program too, and its end may be seen before our own handler has run.
    private ProcessEnd Judge(ProcessEnd end) =>
        end is not (ProcessEnd.Exited { Status: 0 } or ProcessEnd.TimedOut) && signals.Wait(HandlerDelay)
            ? new ProcessEnd.Stopped(signals.Received)
            : end;

    // `exec > >(tee file)`: the last lines are still on their way when the shell has ended.
    private List<ProcessStat> Settle()
    {
        var start = TimeProvider.System.GetTimestamp();
        var living = program.Descendants.Survey(everywhere: false);
        while (living.Count > 0 && signals.Received == 0 && TimeProvider.System.GetElapsedTime(start) < Afterglow)
        {
            _ = signals.Wait(Eager / 4);
            living = program.Descendants.Survey(everywhere: false);
        }

        return living;
    }

    private ProcessEnd? Follow()
    {
        var looked = TimeSpan.Zero;
        while (true)
        {
            if (signals.Received != 0)
            {
                return new ProcessEnd.Stopped(signals.Received);
            }

            if (Pause())
            {
                return null;
            }

            if (program.Request.Deadline.HasPassed)
            {
                return new ProcessEnd.TimedOut();
            }

            program.Log.Turn();
            program.Capture?.Trim();
            if (program.Elapsed - looked >= Second)
            {
                looked = program.Elapsed;
                relay.NoticeReader();
                Adopted.ReapAll(except: _child.Id);
            }
        }
    }

    // True when the program has ended.
    private bool Pause()
    {
        var elapsed = program.Elapsed;
        var pause = elapsed < Second ? Eager : Calm;
        if (_child.Descriptor < 0)
        {
            // Nothing wakes us at its end: a short program is asked after often, a long one less so.
            pause = elapsed / 10 < pause ? elapsed / 10 : pause;
        }

        var rest = program.Request.Deadline.Remaining;
        return Descriptors.WaitForEither(_child.Descriptor, signals.WakeDescriptor, rest < pause ? rest : pause).First
            || (_child.Descriptor < 0 && _child.HasEnded);
    }
}
