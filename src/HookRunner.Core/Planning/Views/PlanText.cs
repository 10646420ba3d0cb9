using System.Collections.Immutable;
using System.Globalization;
using HookRunner.Core.Deployment;

namespace HookRunner.Core.Planning.Views;

/// <summary>A plan for people: what would run, in order, and what would not and why.</summary>
internal sealed class PlanText
{
    private readonly PlanLines _text;
    private readonly PlanMask _mask;
    private readonly ExecutionPlan _plan;
    private readonly bool _isNumbered;

    private PlanText(ExecutionPlan plan, bool isNumbered)
    {
        (_plan, _isNumbered, _mask) = (plan, isNumbered, PlanMask.Of(plan));
        _text = new PlanLines(_mask);
    }

    /// <summary>Lines without their newlines; control bytes are shown as <c>\u</c> escapes, so that a value cannot move the cursor.</summary>
    /// <param name="time">How long the agent gives the event, where that is known.</param>
    /// <param name="onHost">What the host at hand adds.</param>
    public static IReadOnlyList<string> Lines(ExecutionPlan plan, EventTime? time, params ImmutableArray<string> onHost)
    {
        var text = new PlanText(plan, isNumbered: true);
        text.AddHead(time, onHost);
        text.AddBody();
        return text._text.Written;
    }

    /// <summary>The steps alone, without numbers, for comparing plans.</summary>
    public static IReadOnlyList<string> Body(ExecutionPlan plan)
    {
        var text = new PlanText(plan, isNumbered: false);
        text.AddBody();
        return text._text.Written;
    }

    private void AddHead(EventTime? time, ImmutableArray<string> onHost)
    {
        var deployment = _plan.Deployment;
        var roles = _plan.Roles.IsEmpty ? "" : $", {(_plan.Roles.Length == 1 ? "role" : "roles")} {string.Join(", ", _plan.Roles)}";
        _text.Add(0, $"{_plan.EventName}: environment {_plan.Environment}{roles}");
        _text.Add(0, $"group {deployment.Group}, application {deployment.Application}, deployment {deployment.Deployment}, bundle {deployment.Bundle}");
        if (time is not null && !_plan.Steps.IsEmpty)
        {
            var budget = EventBudget.Of(time, _plan);
            var lists = budget.ListsEnd > budget.StepsEnd ? $", on_failure and always after {Span(budget.ListsEnd)}" : "";
            _text.Add(0, $"steps end after {Span(budget.StepsEnd)}{lists} ({time.SetBy})");
        }

        if (!_plan.Links.IsEmpty)
        {
            _text.Add(0, $"locks {string.Join(", ", _plan.Links)}");
        }

        foreach (var line in ReleaseWords.Of(_plan).Concat(onHost))
        {
            _text.Add(0, line);
        }
    }

    private void AddBody()
    {
        if (_plan.Steps.IsEmpty)
        {
            _text.Add(1, "no steps");
        }

        AddList(_plan.Steps, null);
        AddList(_plan.OnFailure, "on_failure, where a step fails:");
        AddList(_plan.Always, "always, at the end:");
    }

    private void AddList(ImmutableArray<PlannedNode> nodes, string? title)
    {
        if (title is not null && !nodes.IsEmpty)
        {
            _text.Add(0, title);
        }

        foreach (var node in nodes)
        {
            Add(node, 1);
        }
    }

    private void Add(PlannedNode node, int depth)
    {
        switch (node)
        {
            case { LeftOut: { } reason }:
                _text.Add(depth, $" -  {node.Name}");
                _text.Add(depth, $"    skipped: {reason}");
                break;
            case PlannedStep step:
                AddStep(step, depth);
                break;
            case PlannedGroup group:
                AddGroup(group, depth);
                break;
        }
    }

    private void AddGroup(PlannedGroup group, int depth)
    {
        _text.Add(depth, $"{group.Name}:");
        AddPhrases(depth, PolicyWords.Of(group));
        AddPhrases(depth, PolicyWords.Conditions(group));
        foreach (var child in group.Children)
        {
            Add(child, depth + 1);
        }
    }

    private void AddStep(PlannedStep step, int depth)
    {
        var number = _isNumbered ? string.Create(CultureInfo.InvariantCulture, $"{step.Number,2}. ") : "    ";
        _text.Add(depth, number + step.Name);
        _text.Add(depth, $"    {step.Action.Describe()}");
        AddPhrases(depth, PolicyWords.Of(step));
        foreach (var line in ProgramWords.Of(step, _mask))
        {
            _text.Add(depth, $"    {line}");
        }

        AddPhrases(depth, PolicyWords.Conditions(step));
    }

    private void AddPhrases(int depth, IEnumerable<string> phrases)
    {
        var line = string.Join(", ", phrases);
        if (line.Length > 0)
        {
            _text.Add(depth, $"    {line}");
        }
    }

    private static string Span(TimeSpan span) => Values.Duration.Format(TimeSpan.FromSeconds(Math.Floor(span.TotalSeconds)));
}
