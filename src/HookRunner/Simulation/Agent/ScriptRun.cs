using HookRunner.Host.Os;

namespace HookRunner.Simulation.Agent;

/// <summary>
/// One script from start to end, with the agent's one deadline for its exit and for both of its streams
/// (hook_executor.rb:176-193).
/// </summary>
/// <param name="onLine">Takes `[stdout]` or `[stderr]` and a line.</param>
/// <param name="whileWaiting">Called many times a second.</param>
internal sealed class ScriptRun(PipedProcess process, Action<string, byte[]> onLine, Action? whileWaiting = null)
{
    private const int Terminate = 15, Kill = 9;
    private static readonly TimeSpan TermGrace = TimeSpan.FromSeconds(5);

    private readonly ScriptOutput _output = new(process, onLine);
    private int? _status;

    /// <param name="timeout">The script's own, from appspec.yml.</param>
    public ScriptEnd Wait(TimeSpan timeout)
    {
        var deadline = Deadline.After(timeout, "the script's timeout");
        while (_status is null || _output.OpenStream is not null)
        {
            // 1 ms once the streams are closed: nothing wakes us then.
            _output.Read(_output.OpenStream is null ? 1 : 10);
            _status = Reaper.Collect(process.Id) ?? _status;
            whileWaiting?.Invoke();
            if (deadline.HasPassed)
            {
                return AtDeadline();
            }
        }

        return Ended(_status.Value);
    }

    private ScriptEnd AtDeadline()
    {
        var open = _output.OpenStream;
        if (_status is not null && open is not null)
        {
            _output.Close();
            return new ScriptEnd.LeftOpen(open);
        }

        if (_status is { } status)
        {
            return Ended(status);
        }

        _ = Libc.Kill(-process.Id, Terminate);
        _output.Close();
        if (HasEndedWithin(TermGrace))
        {
            return new ScriptEnd.TimedOut(IgnoredTerm: false);
        }

        _ = Libc.Kill(-process.Id, Kill);
        _ = HasEndedWithin(TermGrace);
        return new ScriptEnd.TimedOut(IgnoredTerm: true);
    }

    private bool HasEndedWithin(TimeSpan grace)
    {
        var deadline = Deadline.After(grace, "the grace after TERM");
        while (_status is null && !deadline.HasPassed)
        {
            _output.Read(10);
            _status = Reaper.Collect(process.Id) ?? _status;
        }

        return _status is not null;
    }

    private static ScriptEnd Ended(int status) => (status & 0x7F) is var signal and not 0
        ? new ScriptEnd.Killed(signal)
        : new ScriptEnd.Exited((status >> 8) & 0xFF);
}
