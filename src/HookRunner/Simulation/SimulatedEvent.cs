using System.Collections.Immutable;

namespace HookRunner.Simulation;

internal enum EventStatus
{
    /// <summary>Nothing is bound to it, or there is no previous revision to run it.</summary>
    Skipped,
    Succeeded,
    Failed,
}

/// <summary>How one event went.</summary>
internal sealed record SimulatedEvent
{
    public required string Name { get; init; }

    public required EventStatus Status { get; init; }

    public TimeSpan Took { get; init; }

    /// <summary>What a person should know beside the status: `3 files`, `nothing is bound to it`.</summary>
    public string? Remark { get; init; }

    /// <summary>What the scripts wrote, line by line, safe to print.</summary>
    public ImmutableArray<string> Output { get; init; } = [];

    /// <summary>Where the simulation could not do as the agent does.</summary>
    public ImmutableArray<string> Notes { get; init; } = [];

    public ScriptFailure? Failure { get; init; }

    /// <summary>Steps that were written down instead of done.</summary>
    public int Recorded => Output.Count(line => IsMarked(line, "recorded: "));

    /// <summary>Checks whose answer a recorded step would have given.</summary>
    public int NotChecked => Output.Count(line => IsMarked(line, "not checked: "));

    private static bool IsMarked(string line, string mark) => line.AsSpan().TrimStart().StartsWith(mark, StringComparison.Ordinal);
}
