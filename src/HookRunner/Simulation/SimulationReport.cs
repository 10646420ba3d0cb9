using System.Collections.Immutable;

namespace HookRunner.Simulation;

/// <summary>How a simulation went.</summary>
internal sealed record SimulationReport
{
    /// <summary>The events of the revision given by `--from`; empty without one.</summary>
    public ImmutableArray<SimulatedEvent> From { get; init; } = [];

    public ImmutableArray<SimulatedEvent> Events { get; init; } = [];

    /// <summary>The events after the failed one.</summary>
    public ImmutableArray<string> NotRun { get; init; } = [];

    /// <summary>Command lines of what still lived at the end.</summary>
    public ImmutableArray<string> LeftRunning { get; init; } = [];

    public TimeSpan Took { get; init; }

    public SimulatedEvent? Failed => From.Concat(Events).FirstOrDefault(item => item.Status == EventStatus.Failed);

    public bool HasSucceeded => Failed is null;

    public int Recorded => From.Concat(Events).Sum(item => item.Recorded);

    public int NotChecked => From.Concat(Events).Sum(item => item.NotChecked);

    public int Count(EventStatus status) => From.Concat(Events).Count(item => item.Status == status);
}
