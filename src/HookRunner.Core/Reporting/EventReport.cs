using System.Collections.Immutable;
using HookRunner.Core.Steps;

namespace HookRunner.Core.Reporting;

/// <summary>Which event of which deployment a report is about, as people name it.</summary>
internal sealed record EventIdentity
{
    public required string Event { get; init; }

    public required string Application { get; init; }

    public required string Group { get; init; }

    public required string Deployment { get; init; }

    public required string Environment { get; init; }

    public ImmutableArray<string> Roles { get; init; } = [];

    /// <summary>The folder hookrunner.yml was read from: with ApplicationStop that is the previous revision's.</summary>
    public required string Bundle { get; init; }

    /// <summary>True in the events that run the previous revision's file.</summary>
    public bool IsPreviousRevision { get; init; }
}

/// <summary>How an event went: the one source of summary, digest, exit status and journal.</summary>
internal sealed record EventReport
{
    public required EventIdentity Identity { get; init; }

    /// <summary>In the order they ran; steps that never came to run are absent.</summary>
    public required ImmutableArray<StepReport> Steps { get; init; }

    /// <summary>How many steps the event's own list has.</summary>
    public required int StepCount { get; init; }

    public required TimeSpan Took { get; init; }

    /// <summary>Names of the lists that were owed but did not run: told to stop, or no time was left.</summary>
    public ImmutableArray<string> ListsNotRun { get; init; } = [];

    /// <summary>The step the event failed at: the first failure of its own list, else of `always`.</summary>
    public StepReport? Failure =>
        Steps.FirstOrDefault(step => step.Fails && step.List == StepListKind.Steps)
        ?? Steps.FirstOrDefault(step => step.Fails && step.List == StepListKind.Always)
        ?? Steps.FirstOrDefault(step => step.Outcome is StepOutcome.Stopped);

    /// <summary>The signal that stopped the run; null where none did.</summary>
    public int? StoppedBy => Steps.Select(step => step.Outcome).OfType<StepOutcome.Stopped>().FirstOrDefault()?.Signal;

    public int ExitStatus => StoppedBy is { } signal ? Reporting.ExitStatus.Signalled(signal) : Failure?.Outcome switch
    {
        null => Reporting.ExitStatus.Done,
        StepOutcome.TimedOut => Reporting.ExitStatus.OutOfTime,
        _ => Reporting.ExitStatus.StepFailed,
    };
}
