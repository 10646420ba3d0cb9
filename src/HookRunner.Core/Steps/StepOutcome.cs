namespace HookRunner.Core.Steps;

/// <summary>How an act, an attempt or a step ended. A closed set, matched exhaustively.</summary>
internal abstract record StepOutcome
{
    private StepOutcome()
    {
    }

    /// <summary>It did what it says. <paramref name="Note"/> is one short line for the summary, such as `already so`.</summary>
    internal sealed record Succeeded(string? Note = null) : StepOutcome
    {
        public static Succeeded Plain { get; } = new();
    }

    /// <summary>It was not done, for a reason that is no failure.</summary>
    internal sealed record Skipped(string Reason) : StepOutcome;

    /// <summary>It could not be done.</summary>
    /// <param name="Reason">What failed, in one line: `exit status 3`, `cannot rename /a to /b: EACCES (permission denied)`.</param>
    /// <param name="Hint">What to do next, where the cause is known: one line.</param>
    /// <param name="Exit">The program's exit status, where one ended with it: `retry.on_exit` looks at it.</param>
    /// <param name="Detail">Further lines worth showing, such as a unit's journal or the last reply of a health check.</param>
    internal sealed record Failed(string Reason, string? Hint = null, int? Exit = null, IReadOnlyList<string>? Detail = null) : StepOutcome;

    /// <summary>Its own timeout, or the end of the event, came first.</summary>
    /// <param name="After">How long it had run.</param>
    /// <param name="Of">What ended it: `timeout: 30s`, `the event's end (appspec.yml: 300 s)`.</param>
    internal sealed record TimedOut(TimeSpan After, string Of, IReadOnlyList<string>? Detail = null) : StepOutcome;

    /// <summary>hookrunner was told to stop by this signal (or the agent went away: 13).</summary>
    internal sealed record Stopped(int Signal) : StepOutcome;
}
