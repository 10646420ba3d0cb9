using System.Collections.Immutable;
using System.Text;
using HookRunner.Core.Deployment;
using HookRunner.Core.Diagnostics;
using HookRunner.Core.Language;
using HookRunner.Core.Planning;
using HookRunner.Core.Values;

namespace HookRunner.Core.Tests.Planning;

/// <summary>Plans of hookrunner.yml texts.</summary>
internal static class Planned
{
    public static DeploymentContext Deployment { get; } = new()
    {
        Application = "myapp",
        Group = "Production-APP",
        GroupId = "g-1",
        Deployment = "d-ABC",
        Bundle = "/bundle",
    };

    /// <summary>A file that reads without an error.</summary>
    public static HookFile File(string text)
    {
        var (file, diagnostics) = Read(text);
        DiagnosticText.Render(diagnostics).Should().BeEmpty();
        return file;
    }

    public static (ExecutionPlan? Plan, List<string> Said) Try(
        string text,
        string group = "Production-APP",
        LifecycleEvent item = LifecycleEvent.AfterInstall,
        params (string Name, string Value)[] set)
    {
        var options = new PlanOptions { Set = set.ToImmutableSortedDictionary(pair => pair.Name, pair => pair.Value) };
        return Try(File(text), group, item, options);
    }

    private static (ExecutionPlan? Plan, List<string> Said) Try(HookFile file, string group, LifecycleEvent item, PlanOptions options)
    {
        var diagnostics = new DiagnosticBag();
        var plan = Planner.Resolve(file, Deployment with { Group = group }, item, options, diagnostics);
        return (plan, [.. diagnostics.Sorted().Select(found =>
            $"{found.Location.Line}:{found.Location.Column} {found.Message}{(found.Remedy is null ? "" : $" | {found.Remedy}")}")]);
    }

    private static (HookFile File, DiagnosticBag Diagnostics) Read(string text)
    {
        var diagnostics = new DiagnosticBag();
        return (HookFileReader.Load("hookrunner.yml", Encoding.UTF8.GetBytes(text), TestAction.Kinds, diagnostics)!, diagnostics);
    }

    /// <summary>A plan without a mistake.</summary>
    public static ExecutionPlan Of(
        string text,
        string group = "Production-APP",
        LifecycleEvent item = LifecycleEvent.AfterInstall,
        params (string Name, string Value)[] set)
    {
        var (plan, said) = Try(text, group, item, set);
        said.Should().BeEmpty();
        return plan!;
    }

    /// <summary>The plan's own mistakes, whatever reading has said of the text before.</summary>
    public static List<string> Said(string text, string group = "Production-APP", LifecycleEvent item = LifecycleEvent.AfterInstall)
    {
        var (plan, said) = Try(Read(text).File, group, item, PlanOptions.Default);
        plan.Should().BeNull();
        return said;
    }

    /// <summary>The first step, bound with these late values.</summary>
    public static (PlannedStep? Step, List<string> Said) Bind(ExecutionPlan plan, params (string Name, string Value)[] late)
    {
        var diagnostics = new DiagnosticBag();
        var step = plan.AllSteps.First().Bind(new LateValues(late), diagnostics);
        return (step, [.. diagnostics.Sorted().Select(found => found.Message)]);
    }

    /// <summary>What a host knows when a step starts.</summary>
    internal sealed class LateValues((string Name, string Value)[] values) : IVariableScope
    {
        public VariableValue Find(string name) =>
            values.Where(pair => pair.Name == name).Select(pair => new VariableValue.Known(pair.Value)).FirstOrDefault()
            ?? (VariableValue)new VariableValue.Undefined($"`${{{name}}}` is not set");
    }
}
