using System.Collections.Immutable;

namespace HookRunner.Host.State;

/// <summary>One run of one event, as the journal tells it.</summary>
/// <param name="Ended">Null: it runs, or was killed.</param>
internal sealed record EventHistory(
    JournalRecord.EventStarted Started,
    ImmutableArray<JournalRecord.StepEnded> Steps,
    JournalRecord.EventEnded? Ended)
{
    public string Event => Started.Event;

    public bool Failed => Ended is { Result: not "ok" };
}

/// <summary>One deployment, as the journal tells it.</summary>
/// <param name="Events">Oldest first.</param>
internal sealed record DeploymentHistory(string Id, ImmutableArray<EventHistory> Events)
{
    public string Group => Events[0].Started.Group;

    public string Environment => Events[0].Started.Environment;

    public DateTimeOffset Started => Events[0].Started.At;
}
