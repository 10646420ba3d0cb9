using HookRunner.Core.Steps;
using HookRunner.Host.Processes;

namespace HookRunner.Host.Steps.Stopping;

/// <summary>Every process of one program, by its exact name or the path of its file; never by a part of either.</summary>
internal sealed class ProgramTarget(string program) : StopTarget
{
    public override StepOutcome.Failed? Find(out List<ProcessStat> found)
    {
        found = program.StartsWith('/') ? RunningProgram.At(program) : RunningProgram.Named(program);
        return Refuse(found, () => $"a process of `{program}`");
    }

    /// <summary>What is wrong with a value; null where nothing is.</summary>
    public static (string Message, string? Remedy)? Mistake(string program) => program switch
    {
        _ when program.StartsWith('/') => null,
        "" => ("`program` is empty; expected a program's name or path", null),
        _ when program.AsSpan().ContainsAny("/ \t\n") => (
            $"`{program}` is no program's name; expected one such as `puma`, or an absolute path", "arguments are not looked at"),
        _ when RunningProgram.IsInterpreter(program) => (
            $"`{program}` runs many programs of a host: all of them would be stopped",
            "name the script or jar by its path (`program: /opt/app/server.js`), or use `pid_file` or `port`"),
        _ => null,
    };
}
