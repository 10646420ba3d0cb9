using System.Collections.Immutable;
using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace HookRunner.SystemTests.Support;

/// <summary>
/// Runs one event of a bundle the way a CodeDeploy agent does, as far as a hook can tell: environment, pipes, process
/// group, working directory, umask, timeout, and what becomes of the output. The two versions differ in the abstract parts.
/// </summary>
internal abstract class Agent
{
    /// <summary>Bound of what a real agent would wait for without end; reaching it is a failure of the test.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Variables in the agent's own environment beside the usual ones.</summary>
    public ImmutableSortedDictionary<string, string> ExtraEnvironment { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    public HookResult Run(HookCall call)
    {
        var run = new AgentRun(call, CreateLog(), Stopwatch.StartNew());
        run.Log.AddHeader($"LifecycleEvent - {call.Event}");
        if (!File.Exists(call.Script))
        {
            return Report(run, AgentErrorCode.ScriptMissing, $"Script does not exist at specified location: {call.Script}");
        }

        MakeExecutable(call.Script);
        run.Log.AddHeader($"Script - {call.Location}");
        try
        {
            using var process = Start(call);
            run.Process = process;
            run.Log.Attach(process.Output);
            run.Log.Attach(process.Error);
            return Attend(run, process);
        }
        catch (Win32Exception error)
        {
            return Report(run, AgentErrorCode.Failed, $"{Prefix(call)} failed with error {Describe(error, call.Script)}");
        }
    }

    protected abstract AgentLog CreateLog();

    protected abstract HookProcess Start(HookCall call);

    protected abstract string Describe(Win32Exception error, string script);

    /// <summary>What the agent does to a hook whose time is over; returns when it goes on to report.</summary>
    protected abstract void EndOverdue(HookProcess process);

    protected abstract string StatusText(HookExit exit);

    /// <summary>The name by which a stream left open is reported.</summary>
    protected abstract string LeftOpenName(HookStream stream);

    protected virtual HookResult Report(AgentRun run, AgentErrorCode code, string message) => new()
    {
        ErrorCode = code,
        Message = message,
        Log = code == AgentErrorCode.Succeeded ? "" : Encoding.UTF8.GetString(run.Log.Window),
        Window = Encoding.UTF8.GetString(run.Log.Window),
        AllLines = run.Log.Lines,
        Output = run.Log.Output,
        Exit = run.Process?.Exit,
        Took = run.Clock.Elapsed,
        Pid = run.Process?.Pid ?? 0,
    };

    /// <summary>Waits for an overdue process; a real agent would wait longer than any test may.</summary>
    protected void WaitForEnd(HookProcess process)
    {
        if (process.Follow(Patience, () => process.Exit is not null))
        {
            return;
        }

        process.SignalGroup(Posix.SIGKILL);
        throw new TimeoutException($"the hook (pid {process.Pid}) still ran {Patience.TotalSeconds:0} s after its timeout");
    }

    private static string Prefix(HookCall call) => $"Script at specified location: {call.Location}";

    private static void MakeExecutable(string script)
    {
        const UnixFileMode Everyone = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        if ((File.GetUnixFileMode(script) & Everyone) == 0)
        {
            File.SetUnixFileMode(script, File.GetUnixFileMode(script) | Everyone);
        }
    }

    /// <summary>One deadline for the end of the process, of stdout and of stderr, in this order (hook_executor.rb:178-193).</summary>
    private HookResult Attend(AgentRun run, HookProcess process)
    {
        TimeSpan Left() => run.Call.Timeout - run.Clock.Elapsed;
        if (!process.Follow(Left(), () => process.Exit is not null))
        {
            EndOverdue(process);
            return Report(run, AgentErrorCode.TimedOut, $"{Prefix(run.Call)} failed to complete in {run.Call.Timeout.TotalSeconds:0} seconds");
        }

        foreach (var stream in new[] { process.Output, process.Error })
        {
            if (!process.Follow(Left(), () => stream.Finished))
            {
                return Report(run, AgentErrorCode.OutputsLeftOpen, $"{Prefix(run.Call)} failed to close {LeftOpenName(stream)}");
            }

            if (stream.Failure is { } failure)
            {
                return Report(run, AgentErrorCode.Failed, $"{Prefix(run.Call)} failed with error {failure}");
            }
        }

        return process.Exit is { Status: 0 }
            ? Report(run, AgentErrorCode.Succeeded, "Succeeded")
            : Report(run, AgentErrorCode.Failed, $"{Prefix(run.Call)} failed with exit code {StatusText(process.Exit!)}");
    }
}
