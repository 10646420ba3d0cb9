using System.Collections.Immutable;
using static HookRunner.Host.State.JournalRecord;

namespace HookRunner.Host.State;

/// <summary>Questions to the records of one application. Pure; each reads as far back as its answer lies.</summary>
internal static class RunHistory
{
    /// <summary>What an event's start must know, in one pass that ends where the deployment was first seen.</summary>
    public static StartFacts AtStart(IEnumerable<JournalRecord> newestFirst, string deployment)
    {
        var facts = new StartFacts();
        var lastRunFound = false;
        foreach (var record in newestFirst)
        {
            if (!lastRunFound && record is EventEnded or EventStarted)
            {
                lastRunFound = true;
                facts = facts with { LastEnd = record as EventEnded, Killed = record as EventStarted };
            }

            facts = !facts.IsKnown && record.Deployment == deployment ? facts.With(record) : facts;
            if (lastRunFound && facts.IsKnown)
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
