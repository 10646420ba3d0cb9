using HookRunner.Host.Os;

namespace HookRunner.Simulation.Agent;

/// <summary>How a script ended, as the agent tells them apart. A closed set.</summary>
internal abstract record ScriptEnd
{
    private ScriptEnd()
    {
    }

    internal sealed record Exited(int Status) : ScriptEnd;

    internal sealed record Killed(int Signal) : ScriptEnd;

    /// <summary>Its group got TERM at its timeout.</summary>
    /// <param name="IgnoredTerm">It lived on for five seconds and was killed, as agent 2.x does; agent 1.8 would wait for ever.</param>
    internal sealed record TimedOut(bool IgnoredTerm) : ScriptEnd;

    /// <summary>It ended, but something it started holds its output open until the timeout; nobody is signalled.</summary>
    /// <param name="Stream">`STDOUT` or `STDERR`.</param>
    internal sealed record LeftOpen(string Stream) : ScriptEnd;

    /// <summary>It wrote a line that ends in what is not UTF-8, on which the agent's reader dies (hook_executor.rb:306).</summary>
    internal sealed record BrokenLine : ScriptEnd;

    internal sealed record NotStarted(PosixError Error) : ScriptEnd;
}
