using HookRunner.Core.Planning;
using HookRunner.Core.Reporting;
using HookRunner.Core.Steps;

namespace HookRunner.Host.Logging;

/// <summary>What happens while an event runs; it goes one way, to every <see cref="IRunObserver"/>. A closed set.</summary>
internal abstract record RunEvent
{
    private RunEvent()
    {
    }

    /// <summary>The plan is valid, the lock is held, the first step is next.</summary>
    internal sealed record EventStarted(EventIdentity Identity, int StepCount) : RunEvent;

    /// <summary>The lock is held, and the host lets no step start.</summary>
    internal sealed record EventRefused(string Reason) : RunEvent;

    internal sealed record StepStarted(StepListKind List, PlannedStep Step, int Of) : RunEvent;

    /// <summary>An attempt failed and another follows after <paramref name="Delay"/>.</summary>
    internal sealed record AttemptFailed(PlannedStep Step, int Attempt, StepOutcome Outcome, TimeSpan Delay) : RunEvent;

    internal sealed record StepEnded(StepReport Report) : RunEvent;

    /// <summary>Something a person should know that fails nothing.</summary>
    internal sealed record Warned(string Message) : RunEvent;

    /// <summary>A line as it stands, such as what a run before this one left to be said.</summary>
    internal sealed record Noted(string Line) : RunEvent;

    internal sealed record EventEnded(EventReport Report) : RunEvent;
}
