using System.Collections.Immutable;

namespace HookRunner.Host.State;

/// <summary>What the journal says when an event starts: of the run before it, and of its deployment.</summary>
internal sealed record StartFacts
{
    /// <summary>The run before this one, where it has no end: it was killed, or the machine went down.</summary>
    public JournalRecord.EventStarted? Killed { get; init; }

    /// <summary>The end of the run before this one; its <see cref="JournalRecord.EventEnded.NotRun"/> is worth a line.</summary>
    public JournalRecord.EventEnded? LastEnd { get; init; }

    /// <summary>The first event of this deployment has been here: all its records are in the other properties.</summary>
    public bool IsKnown { get; init; }

    /// <summary>What each link held when this deployment first looked at it; null: nothing.</summary>
    public ImmutableDictionary<string, string?> Held { get; init; } = ImmutableDictionary<string, string?>.Empty;

    /// <summary>The directory that was chosen for this deployment's release.</summary>
    public string? Chosen { get; init; }

    /// <summary>Its release was staged.</summary>
    public bool IsStaged { get; init; }

    /// <summary>What the link held before this deployment first activated its own release.</summary>
    public JournalRecord.ReleaseActivated? FirstActivation { get; init; }

    /// <summary>Where a real directory that was at the link is kept.</summary>
    public string? Adopted { get; init; }

    /// <summary>Adds a record of this deployment; they come newest first.</summary>
    public StartFacts With(JournalRecord record) => record switch
    {
        JournalRecord.DeploymentSeen { Link: "" } => this with { IsKnown = true },
        JournalRecord.DeploymentSeen seen when !Held.ContainsKey(seen.Link) => this with { Held = Held.SetItem(seen.Link, seen.Held) },
        JournalRecord.ReleaseChosen chosen => this with { Chosen = Chosen ?? chosen.Path },
        JournalRecord.ReleaseStaged => this with { IsStaged = true },
        JournalRecord.ReleaseAdopted adopted => this with { Adopted = Adopted ?? adopted.Path },
        JournalRecord.ReleaseActivated activated => this with { FirstActivation = activated },
        _ => this,
    };
}
