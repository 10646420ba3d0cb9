using System.Collections.Immutable;
using static HookRunner.Host.State.JournalRecord;

namespace HookRunner.Host.State;

/// <summary>Questions to the records of one application. Pure; each reads as far back as its answer lies.</summary>
internal static class RunHistory
{
    /// <summary>What an event's start must know, in one pass.</summary>
    public static StartFacts AtStart(IEnumerable<JournalRecord> newestFirst, string deployment, ImmutableArray<string> links)
    {
        var facts = new StartFacts();
        var lastRunFound = false;
        foreach (var record in newestFirst)
        {
            switch (record)
            {
                case EventEnded ended when !lastRunFound:
                    lastRunFound = true;
                    facts = facts with { LastEnd = ended };
                    break;
                case EventStarted started when !lastRunFound:
                    lastRunFound = true;
                    facts = facts with { Killed = started };
                    break;
                case ReleaseChosen chosen when chosen.Deployment == deployment:
                    facts = facts with { Chosen = facts.Chosen ?? chosen.Path };
                    break;
                case DeploymentSeen seen when seen.Deployment == deployment && !facts.Held.ContainsKey(seen.Link):
                    facts = facts with { Held = facts.Held.SetItem(seen.Link, seen.Held) };
                    break;
            }

            if (lastRunFound && links.All(facts.Held.ContainsKey))
            {
                break;
            }
        }

        return facts;
    }

    /// <summary>The newest start of an event: for `run`, `plan` and `rollback` without the agent's variables.</summary>
    public static EventStarted? LastStart(IEnumerable<JournalRecord> newestFirst) => newestFirst.OfType<EventStarted>().FirstOrDefault();

    /// <summary>What the link held before this deployment first activated its own release; null where it never did.</summary>
    public static ReleaseActivated? FirstActivation(IEnumerable<JournalRecord> newestFirst, string deployment, string link) =>
        newestFirst.OfType<ReleaseActivated>().LastOrDefault(item => item.Deployment == deployment && item.Link == link);

    /// <summary>Releases that were rolled back from, or marked by hand.</summary>
    public static ImmutableHashSet<string> Bad(IEnumerable<JournalRecord> newestFirst) =>
        newestFirst.OfType<ReleaseMarkedBad>().Select(item => item.Path).ToImmutableHashSet();
}

/// <summary>What the journal says when an event starts.</summary>
internal sealed record StartFacts
{
    /// <summary>The run before this one, where it has no end: it was killed, or the machine went down.</summary>
    public EventStarted? Killed { get; init; }

    /// <summary>The end of the run before this one; its <see cref="EventEnded.NotRun"/> is worth a line.</summary>
    public EventEnded? LastEnd { get; init; }

    /// <summary>What each link held when this deployment was first seen; null: nothing. A missing link was not looked at yet.</summary>
    public ImmutableDictionary<string, string?> Held { get; init; } = ImmutableDictionary<string, string?>.Empty;

    /// <summary>The directory that was chosen for this deployment's release.</summary>
    public string? Chosen { get; init; }
}
