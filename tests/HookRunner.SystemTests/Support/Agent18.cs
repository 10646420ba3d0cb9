using System.ComponentModel;
using System.Text.Unicode;

namespace HookRunner.SystemTests.Support;

/// <summary>Version 1.8.1 (Ruby), as its source says and as it was observed.</summary>
internal sealed class Agent18 : Agent
{
    /// <summary>Of the agent, which the hook inherits.</summary>
    public uint Umask { get; init; } = 0b000_010_010;

    protected override AgentLog CreateLog() => new AgentLog18();

    protected override HookProcess Start(HookCall call)
    {
        var environment = call.Over(AgentEnvironment.Service.SetItems(ExtraEnvironment));
        var start = new ProcessStart(call.Script, [], environment, ClosedPipeAsInput: true, Umask);
        try
        {
            return HookProcess.Start(AsOneString(start));
        }
        catch (Win32Exception error) when (error.NativeErrorCode == Posix.ENOEXEC)
        {
            return HookProcess.Start(start with { Program = "/bin/sh", Arguments = [call.Script] });
        }
    }

    /// <summary>Errno's constant and text, as Ruby's exception shows them.</summary>
    protected override string Describe(Win32Exception error, string script)
    {
        var name = error.NativeErrorCode switch { 2 => "ENOENT", 13 => "EACCES", var number => $"E{number}" };
        return $"Errno::{name} with message {error.Message} - {script}";
    }

    /// <summary>TERM to the group, once; then the pipes are closed and the process is waited for without limit.</summary>
    protected override void EndOverdue(HookProcess process)
    {
        process.SignalGroup(Posix.SIGTERM);
        process.LetGo();
        WaitForEnd(process);
    }

    protected override string StatusText(HookExit exit) => $"{exit.Status}";

    protected override string LeftOpenName(HookStream stream) => stream.Prefix == "[stdout]" ? "STDOUT" : "STDERR";

    /// <summary>Diagnostics with an invalid byte cannot be made into JSON; a poor substitute is sent (command_poller.rb:241-245).</summary>
    protected override HookResult Report(AgentRun run, AgentErrorCode code, string message)
    {
        var told = base.Report(run, code, code == AgentErrorCode.Succeeded ? "Succeeded: " : message);
        return code == AgentErrorCode.Succeeded || Utf8.IsValid(run.Log.Window)
            ? told
            : told with
            {
                ErrorCode = AgentErrorCode.MinimalDiagnostics,
                Message = "Attempting minimal diagnostics",
                Log = "Exception JSON::GeneratorError occured",
            };
    }

    /// <summary>Ruby takes the command as one string: a shell for special characters, else split at blanks.</summary>
    private static ProcessStart AsOneString(ProcessStart start)
    {
        const string Special = "*?{}[]<>()~&|\\$;'`\"\n#=%";
        if (start.Program.AsSpan().ContainsAny(Special))
        {
            return start with { Program = "/bin/sh", Arguments = ["-c", start.Program] };
        }

        var words = start.Program.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return start with { Program = words[0], Arguments = [.. words[1..]] };
    }
}
