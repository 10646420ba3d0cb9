using System.Collections.Immutable;
using HookRunner.Core.Deployment;
using HookRunner.Core.Diagnostics;
using HookRunner.Core.Steps;
using HookRunner.Core.Values;
using HookRunner.Core.Yaml;
using HookRunner.Host.Steps;

namespace HookRunner.Host.Tests.Steps;

/// <summary>Values for tests: steps as they would be written, without a file around them.</summary>
internal static class Some
{
    public static SourceLocation Place { get; } = new(new SourceText("hookrunner.yml", ""), 1, 1);

    public static DeploymentContext Deployment(string bundle) => new()
    {
        Application = "shop",
        Group = "Production-APP",
        Deployment = "d-ABC123",
        Bundle = bundle,
    };

    public static Template Text(string text) => Template.Literal(text, Place);

    public static CommandText.Shell Command(string text) => new(Place, text);

    /// <summary>The action of a step that is written right: <c>link: { path: /a, to: /b }</c>.</summary>
    public static HostAction Step(string yaml, IVariableScope? scope = null)
    {
        var action = Read(yaml, scope, out var mistakes);
        mistakes.Should().BeEmpty();
        return (HostAction)action!;
    }

    /// <summary>What is said of a step that is written wrong: line, column, message, remedy.</summary>
    public static ImmutableArray<string> Mistakes(string yaml, IVariableScope? scope = null)
    {
        Read(yaml, scope, out var mistakes);
        return mistakes;
    }

    private static StepAction? Read(string yaml, IVariableScope? scope, out ImmutableArray<string> mistakes)
    {
        var diagnostics = new DiagnosticBag();
        var step = YamlLoader.Load(new SourceText("hookrunner.yml", yaml), diagnostics)!.Entries.Single();
        var kind = StepCatalog.All.Single(item => item.Name == step.Key);
        var action = kind.Read(new StepFields(kind, step.Value, scope ?? UnknownScope.Value, diagnostics));
        mistakes = [.. diagnostics.Sorted().Select(Told)];
        return action;
    }

    private static string Told(Diagnostic item) =>
        $"{item.Location.Line}:{item.Location.Column} {item.Message}{(item.Remedy is null ? "" : $" ({item.Remedy})")}";
}
