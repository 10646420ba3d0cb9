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

    private readonly ChildProcess _child = program.Child;

    public ProcessReport Run()
    {
        var end = Judge(Follow() ?? _child.ReadEnd());
        var succeeded = end is ProcessEnd.Exited { Status: 0 };
        var unstoppable = succeeded ? [] : new StopLadder(program, signals).Stop();
        var took = program.Elapsed;
        if (_child.HasEnded)
        {
            _child.LetGo();
        }

        var tail = program.Log.Finish();
        var isCut = false;
        var captured = program.Capture?.Read(out isCut) ?? "";
        var leftBehind = succeeded && Adopted.MayExist ? program.Descendants.Survey(everywhere: false) : [];
        return new ProcessReport(end, took, captured, tail, LiveProcesses.Describe(leftBehind), LiveProcesses.Describe(unstoppable))
        {
            CaptureIsCut = isCut,
        };
    }

    // A signal to the whole group ends the program too, and its end may be seen before our own handler has run.
    private ProcessEnd Judge(ProcessEnd end) =>
        end is not (ProcessEnd.Exited { Status: 0 } or ProcessEnd.TimedOut) && signals.Wait(HandlerDelay)
            ? new ProcessEnd.Stopped(signals.Received)
            : end;

    private ProcessEnd? Follow()
    {
        var looked = TimeSpan.Zero;
        while (true)
        {
            if (signals.Received != 0)
            {
                return new ProcessEnd.Stopped(signals.Received);
            }

            if (Pause() || (_child.Descriptor < 0 && _child.HasEnded))
            {
                return null;
            }

            if (program.Request.Deadline.HasPassed)
            {
                return new ProcessEnd.TimedOut();
            }

            program.Log.Turn();
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
        var pause = program.Elapsed < Second ? Eager : Calm;
        var rest = program.Request.Deadline.Remaining;
        return Descriptors.WaitForEither(_child.Descriptor, signals.WakeDescriptor, rest < pause ? rest : pause).First;
    }
}
