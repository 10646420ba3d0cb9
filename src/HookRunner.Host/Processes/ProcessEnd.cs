namespace HookRunner.Host.Processes;

/// <summary>How a program ended. A closed set.</summary>
internal abstract record ProcessEnd
{
    private ProcessEnd()
    {
    }

    internal sealed record Exited(int Status) : ProcessEnd;

    /// <summary>By a signal from someone else, such as the kernel's out-of-memory killer.</summary>
    internal sealed record Killed(int Signal, bool CoreDumped) : ProcessEnd;

    /// <summary>The deadline of its request came first; the program and its descendants were stopped.</summary>
    internal sealed record TimedOut : ProcessEnd;

    /// <summary>hookrunner itself was told to stop; the program and its descendants were stopped.</summary>
    internal sealed record Stopped(int Signal) : ProcessEnd;

    /// <summary>It never ran. <paramref name="Exit"/> is the status a shell would give: 126 or 127.</summary>
    internal sealed record NotStarted(string Reason, string? Hint, int Exit) : ProcessEnd;
}
