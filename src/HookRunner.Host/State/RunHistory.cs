using System.Collections.Immutable;
using static HookRunner.Host.State.JournalRecord;

namespace HookRunner.Host.State;

/// <summary>Questions to the records of one application. Each reads as far back as its answer lies.</summary>
internal static class RunHistory
{
    /// <summary>What an event's start must know: how the run before it ended, and all of its deployment since that was first seen.</summary>
    public static StartFacts AtStart(Journal journal, string deployment)
    {
        var last = journal.NewestFirst(JournalFormat.OfEvents).FirstOrDefault(record => record is EventEnded or EventStarted);
        var facts = new StartFacts { LastEnd = last as EventEnded, Killed = last as EventStarted };
        var records = journal.NewestFirst(JournalFormat.Encoded(deployment), without: JournalFormat.OfSteps);
        foreach (var record in records.Where(record => record.Deployment == deployment))
        {
            facts = facts.With(record);
            if (facts.IsKnown)
            {
                break;
            }
        }

        return facts;
    }

    /// <summary>The newest start of an event: for `run`, `plan` and `rollback` without the agent's variables.</summary>
    public static EventStarted? LastStart(IEnumerable<JournalRecord> newestFirst) => newestFirst.OfType<EventStarted>().FirstOrDefault();

    /// <summary>The newest deployments, newest first, each with its events.</summary>
    public static ImmutableArray<DeploymentHistory> Deployments(IEnumerable<JournalRecord> newestFirst, int most)
    {
        var events = new Dictionary<string, List<EventHistory>>();
        var order = new List<string>();
        var open = new Dictionary<string, (ImmutableArray<StepEnded>.Builder Steps, EventEnded? End)>();
        foreach (var record in newestFirst)
        {
            if (record is EventEnded or StepEnded or EventStarted && !events.ContainsKey(record.Deployment))
            {
                if (order.Count == most)
                {
                    continue;
                }

                order.Add(record.Deployment);
                events[record.Deployment] = [];
            }

            Collect(record, events, open);
        }

        return [.. order.Where(id => events[id].Count > 0).Select(id => new DeploymentHistory(id, [.. Enumerable.Reverse(events[id])]))];
    }

    private static void Collect(
        JournalRecord record,
        Dictionary<string, List<EventHistory>> events,
        Dictionary<string, (ImmutableArray<StepEnded>.Builder Steps, EventEnded? End)> open)
    {
        var id = record.Deployment;
        switch (record)
        {
            case EventEnded ended:
                open[id] = (ImmutableArray.CreateBuilder<StepEnded>(), ended);
                break;
            case StepEnded step:
                open.TryAdd(id, (ImmutableArray.CreateBuilder<StepEnded>(), null));
                open[id].Steps.Add(step);
                break;
            case EventStarted started when events.TryGetValue(id, out var list):
                var run = open.GetValueOrDefault(id);
                list.Add(new EventHistory(started, [.. Enumerable.Reverse(run.Steps?.ToImmutable() ?? [])], run.End));
                open.Remove(id);
                break;
        }
    }
}
