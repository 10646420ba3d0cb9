using HookRunner.Core.Deployment;
using HookRunner.Core.Diagnostics;
using HookRunner.Core.Planning;
using HookRunner.Core.Values;
using HookRunner.Core.Yaml;

namespace HookRunner.Core.Checking;

/// <summary>One plan against the bundle it would run from and the time it would have.</summary>
internal sealed class PlanCheck(BundleUnderCheck bundle, ExecutionPlan plan, EventTime time, DiagnosticBag diagnostics)
{
    private readonly EventBudget _budget = EventBudget.Of(time, plan);

    public void Check()
    {
        foreach (var node in plan.Steps.Concat(plan.OnFailure).Concat(plan.Always).SelectMany(Nodes))
        {
            CheckTimeout(node);
            if (node is PlannedStep { Kind: "script" } step)
            {
                CheckScript(step);
            }
        }

        new SourceCheck(plan, path => bundle.Entry(path) is not null, diagnostics).Check();
    }

    private static IEnumerable<PlannedNode> Nodes(PlannedNode node) =>
        node is PlannedGroup group ? group.Children.SelectMany(Nodes).Prepend(group) : [node];

    private void CheckScript(PlannedStep step)
    {
        foreach (var source in step.Action.Sources.Where(source => source.IsComplete))
        {
            if (BundlePath.Inside(source.Text, plan.Deployment.Bundle) is { } inside && bundle.Entry(inside) is { } entry)
            {
                ScriptCheck.Check(entry, source, diagnostics);
            }
        }
    }

    private void CheckTimeout(PlannedNode node)
    {
        if (node.Timeout is { } timeout && timeout > _budget.ListsEnd)
        {
            WarnOfTime(node.Location, "timeout", timeout);
        }

        if (node is PlannedStep && Within(node.Location) is { } text && Duration.TryParse(text.Text, out var within) && within > _budget.ListsEnd)
        {
            WarnOfTime(text.Location, "within", within);
        }
    }

    private void WarnOfTime(SourceLocation location, string key, TimeSpan bound)
    {
        if (time.IsKnown)
        {
            diagnostics.Warning(location, $"`{key}` is {Duration.Format(bound)}, and all steps of {plan.Event} together have {Duration.Format(_budget.StepsEnd)} ({time.SetBy})",
                $"raise the timeout of {plan.Event} in appspec.yml, or lower this one");
        }
    }

    /// <summary>What the step at this place says of its own bound.</summary>
    private YamlScalar? Within(SourceLocation location) =>
        (FileSteps.All(bundle.File).FirstOrDefault(step => step.Location == location)?.Value as YamlMap)?["within"] as YamlScalar;
}
