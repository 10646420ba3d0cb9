using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using HookRunner.Core.Deployment;
using HookRunner.Core.Values;

namespace HookRunner.Core.Planning.Views;

/// <summary>Plans for programs: one array, an object a plan. What is read when a step starts stands as in the text.</summary>
internal sealed class PlanJson
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true };

    private readonly Utf8JsonWriter _json;
    private readonly ExecutionPlan _plan;
    private readonly PlanMask _mask;

    private PlanJson(Utf8JsonWriter json, ExecutionPlan plan) => (_json, _plan, _mask) = (json, plan, PlanMask.Of(plan));

    public static ReadOnlyMemory<byte> Of(IEnumerable<(ExecutionPlan Plan, EventTime? Time)> plans)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Indented))
        {
            json.WriteStartArray();
            foreach (var (plan, time) in plans)
            {
                new PlanJson(json, plan).Write(time);
            }

            json.WriteEndArray();
        }

        return buffer.WrittenMemory;
    }

    private void Write(EventTime? time)
    {
        _json.WriteStartObject();
        _json.WriteString("event", _plan.EventName);
        _json.WriteString("environment", _plan.Environment);
        WriteTexts("roles", _plan.Roles);
        _json.WriteString("group", _plan.Deployment.Group);
        _json.WriteString("application", _plan.Deployment.Application);
        _json.WriteString("deployment", _plan.Deployment.Deployment);
        _json.WriteString("bundle", _plan.Deployment.Bundle);
        if (time is not null)
        {
            var budget = EventBudget.Of(time, _plan);
            _json.WriteNumber("steps_end_after_seconds", budget.StepsEnd.TotalSeconds);
            _json.WriteNumber("lists_end_after_seconds", budget.ListsEnd.TotalSeconds);
        }

        WriteTexts("links", _plan.Links);
        WriteVariables();
        WriteNodes("steps", _plan.Steps);
        WriteNodes("on_failure", _plan.OnFailure);
        WriteNodes("always", _plan.Always);
        _json.WriteEndObject();
    }

    private void WriteVariables()
    {
        _json.WriteStartObject("variables");
        foreach (var (name, value) in _plan.Variables)
        {
            _json.WriteString(name, _mask.Shown(name, value));
        }

        _json.WriteEndObject();
    }

    private void WriteNodes(string name, ImmutableArray<PlannedNode> nodes)
    {
        _json.WriteStartArray(name);
        foreach (var node in nodes)
        {
            WriteNode(node);
        }

        _json.WriteEndArray();
    }

    private void WriteNode(PlannedNode node)
    {
        _json.WriteStartObject();
        _json.WriteString("name", _mask.Hide(node.Name));
        _json.WriteString("where", node.Location.ToString());
        if (node.LeftOut is { } reason)
        {
            _json.WriteString("skipped", reason);
            _json.WriteEndObject();
            return;
        }

        if (node is PlannedStep step)
        {
            WriteStep(step);
        }

        WriteTexts("when", [.. node.When.Select(condition => condition.ToString())]);
        WriteTexts("unless", [.. node.Unless.Select(condition => condition.ToString())]);
        WriteOptional("timeout", node.Timeout is { } timeout ? Duration.Format(timeout) : null);
        _json.WriteBoolean("allow_failure", node.AllowFailure);
        if (node is PlannedGroup group)
        {
            WriteNodes("steps", group.Children);
        }

        _json.WriteEndObject();
    }

    private void WriteStep(PlannedStep step)
    {
        _json.WriteNumber("number", step.Number);
        _json.WriteString("kind", step.Kind);
        _json.WriteString("does", _mask.Hide(step.Action.Describe()));
        WriteOptional("user", step.StartsProgram ? step.Program.User?.ToString() : null);
        WriteOptional("cwd", step.Program.WorkingDirectory?.ToString());
        WriteOptional("capture", step.Program.Capture?.Name);
        if (step.Retry is { } retry)
        {
            _json.WriteNumber("attempts", retry.Attempts);
            _json.WriteString("delay", Duration.Format(retry.Delay));
        }

        if (step.Program.Environment.IsEmpty)
        {
            return;
        }

        _json.WriteStartObject("env");
        foreach (var (name, value) in step.Program.Environment)
        {
            _json.WriteString(name, _mask.Shown(name, value.ToString()));
        }

        _json.WriteEndObject();
    }

    private void WriteOptional(string name, string? value)
    {
        if (value is not null)
        {
            _json.WriteString(name, _mask.Hide(value));
        }
    }

    private void WriteTexts(string name, ImmutableArray<string> texts)
    {
        _json.WriteStartArray(name);
        foreach (var text in texts)
        {
            _json.WriteStringValue(_mask.Hide(text));
        }

        _json.WriteEndArray();
    }
}
