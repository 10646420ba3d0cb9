using System.Collections.Immutable;
using System.Text.Json;
using static HookRunner.Host.State.JournalRecord;

namespace HookRunner.Host.State;

/// <summary>The names under which each record's own fields are written and found again.</summary>
internal static class JournalFields
{
    public static string Type(JournalRecord record) => record switch
    {
        EventStarted => "event_started",
        StepEnded => "step_ended",
        EventEnded => "event_ended",
        DeploymentSeen => "deployment_seen",
        ReleaseChosen => "release_chosen",
        StagingAwaited => "staging_awaited",
        ReleaseStaged => "release_staged",
        ReleaseActivated => "release_activated",
        ReleaseRolledBack => "release_rolled_back",
        ReleaseMarkedBad => "release_marked_bad",
        ReleaseAdopted => "release_adopted",
        ReleasePruned => "release_pruned",
        LinkSwitched => "link_switched",
        Compacted => "compacted",
        Unknown unknown => unknown.Type,
        _ => throw new System.Diagnostics.UnreachableException(record.GetType().Name),
    };

    public static void Write(Utf8JsonWriter writer, JournalRecord record)
    {
        switch (record)
        {
            case EventStarted started:
                WriteStarted(writer, started);
                break;
            case StepEnded step:
                WriteStep(writer, step);
                break;
            case EventEnded ended:
                WriteEnded(writer, ended);
                break;
            case Compacted compacted:
                writer.WriteNumber("bytes", compacted.Bytes);
                break;
            default:
                foreach (var (name, value) in Texts(record))
                {
                    writer.WriteString(name, value);
                }

                break;
        }
    }

    /// <summary>Null for a type that this version does not know.</summary>
    public static JournalRecord? Read(string type, JournalLine line)
    {
        var deployment = line.Text("deployment");
        return type switch
        {
            "event_started" => ReadStarted(deployment, line),
            "step_ended" => ReadStep(deployment, line),
            "event_ended" => ReadEnded(deployment, line),
            "deployment_seen" => new DeploymentSeen(line.Text("link"), line.TextOrNull("held")) { Deployment = deployment },
            "release_chosen" => new ReleaseChosen(line.Text("path")) { Deployment = deployment },
            "staging_awaited" => new StagingAwaited(line.Text("staging")) { Deployment = deployment },
            "release_staged" => new ReleaseStaged(line.Text("path"), line.Text("from")) { Deployment = deployment },
            "release_activated" =>
                new ReleaseActivated(line.Text("link"), line.Text("path"), line.TextOrNull("held")) { Deployment = deployment },
            "release_rolled_back" =>
                new ReleaseRolledBack(line.Text("link"), line.Text("path"), line.Text("bad")) { Deployment = deployment },
            "release_marked_bad" => new ReleaseMarkedBad(line.Text("path")) { Deployment = deployment },
            "release_adopted" => new ReleaseAdopted(line.Text("link"), line.Text("path")) { Deployment = deployment },
            "release_pruned" => new ReleasePruned(line.Text("path")) { Deployment = deployment },
            "link_switched" =>
                new LinkSwitched(line.Text("link"), line.Text("target"), line.TextOrNull("held")) { Deployment = deployment },
            "compacted" => new Compacted(line.Number("bytes")) { Deployment = deployment },
            _ => null,
        };
    }

    /// <summary>The fields of the records that hold texts only; a null one stands as JSON's null.</summary>
    private static ImmutableArray<(string Name, string? Value)> Texts(JournalRecord record) => record switch
    {
        DeploymentSeen seen => [("link", seen.Link), ("held", seen.Held)],
        ReleaseChosen chosen => [("path", chosen.Path)],
        StagingAwaited awaited => [("staging", awaited.Staging)],
        ReleaseStaged staged => [("path", staged.Path), ("from", staged.From)],
        ReleaseActivated activated => [("link", activated.Link), ("path", activated.Path), ("held", activated.Held)],
        ReleaseRolledBack back => [("link", back.Link), ("path", back.Path), ("bad", back.Bad)],
        ReleaseMarkedBad bad => [("path", bad.Path)],
        ReleaseAdopted adopted => [("link", adopted.Link), ("path", adopted.Path)],
        ReleasePruned pruned => [("path", pruned.Path)],
        LinkSwitched switched => [("link", switched.Link), ("target", switched.Target), ("held", switched.Held)],
        _ => [],
    };

    private static void WriteStarted(Utf8JsonWriter writer, EventStarted started)
    {
        writer.WriteString("event", started.Event);
        writer.WriteString("application", started.Application);
        writer.WriteString("group", started.Group);
        writer.WriteString("environment", started.Environment);
        WriteList(writer, "roles", started.Roles);
        writer.WriteString("bundle", started.Bundle);
        writer.WriteNumber("pid", started.ProcessId);
        writer.WriteString("boot", started.BootId);
        writer.WriteString("logs", started.Logs);
        writer.WriteString("version", started.Version);
    }

    private static EventStarted ReadStarted(string deployment, JournalLine line) => new()
    {
        Deployment = deployment,
        Event = line.Text("event"),
        Application = line.Text("application"),
        Group = line.Text("group"),
        Environment = line.Text("environment"),
        Roles = line.List("roles"),
        Bundle = line.Text("bundle"),
        ProcessId = (int)line.Number("pid"),
        BootId = line.Text("boot"),
        Logs = line.Text("logs"),
        Version = line.Text("version"),
    };

    private static void WriteStep(Utf8JsonWriter writer, StepEnded step)
    {
        writer.WriteString("event", step.Event);
        writer.WriteString("list", step.List);
        writer.WriteNumber("number", step.Number);
        writer.WriteString("name", step.Name);
        writer.WriteString("kind", step.Kind);
        writer.WriteString("result", step.Result);
        writer.WriteString("reason", step.Reason);
        writer.WriteNumber("ms", (long)step.Took.TotalMilliseconds);
        writer.WriteNumber("attempts", step.Attempts);
        writer.WriteString("log", step.Log);
    }

    private static StepEnded ReadStep(string deployment, JournalLine line) => new()
    {
        Deployment = deployment,
        Event = line.Text("event"),
        List = line.Text("list"),
        Number = (int)line.Number("number"),
        Name = line.Text("name"),
        Kind = line.Text("kind"),
        Result = line.Text("result"),
        Reason = line.Text("reason"),
        Took = line.Milliseconds("ms"),
        Attempts = (int)line.Number("attempts"),
        Log = line.Text("log"),
    };

    private static void WriteEnded(Utf8JsonWriter writer, EventEnded ended)
    {
        writer.WriteString("event", ended.Event);
        writer.WriteString("result", ended.Result);
        writer.WriteNumber("exit", ended.Exit);
        writer.WriteNumber("ms", (long)ended.Took.TotalMilliseconds);
        writer.WriteString("failed_step", ended.FailedStep);
        writer.WriteString("reason", ended.Reason);
        WriteList(writer, "not_run", ended.NotRun);
    }

    private static EventEnded ReadEnded(string deployment, JournalLine line) => new()
    {
        Deployment = deployment,
        Event = line.Text("event"),
        Result = line.Text("result"),
        Exit = (int)line.Number("exit"),
        Took = line.Milliseconds("ms"),
        FailedStep = line.Text("failed_step"),
        Reason = line.Text("reason"),
        NotRun = line.List("not_run"),
    };

    private static void WriteList(Utf8JsonWriter writer, string name, ImmutableArray<string> items)
    {
        writer.WriteStartArray(name);
        foreach (var item in items)
        {
            writer.WriteStringValue(item);
        }

        writer.WriteEndArray();
    }
}
