using System.Collections.Immutable;
using HookRunner.Core.Steps;

namespace HookRunner.Core.Reporting;

/// <summary>Which of an event's three lists a step stands in.</summary>
internal enum StepListKind
{
    Steps,
    OnFailure,
    Always,
}

/// <summary>How one step went.</summary>
internal sealed record StepReport
{
    public required StepListKind List { get; init; }

    /// <summary>From 1 in its list; 0 for a step or a whole list of steps that was left out before it got one.</summary>
    public required int Number { get; init; }

    public required string Name { get; init; }

    /// <summary>The kind's word.</summary>
    public string Kind { get; init; } = "";

    public required StepOutcome Outcome { get; init; }

    /// <summary>All attempts and the waits between them.</summary>
    public TimeSpan Took { get; init; }

    /// <summary>Attempts made; 0 where it was skipped.</summary>
    public int Attempts { get; init; }

    /// <summary>`allow_failure`, its own or its group's: a failure is a warning.</summary>
    public bool MayFail { get; init; }

    /// <summary>The last lines of its output, ready to print.</summary>
    public ImmutableArray<string> Tail { get; init; } = [];

    /// <summary>Where its whole output is; null where it has none.</summary>
    public string? LogPath { get; init; }

    /// <summary>True where the event ends because of it. Being told to stop is nothing that may be allowed.</summary>
    public bool Fails => Outcome switch
    {
        StepOutcome.Stopped => true,
        StepOutcome.Failed or StepOutcome.TimedOut => !MayFail,
        _ => false,
    };
}
