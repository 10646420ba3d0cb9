using System.Collections.Immutable;
using HookRunner.Core.Diagnostics;
using HookRunner.Core.Language;
using HookRunner.Core.Planning.Scopes;
using HookRunner.Core.Steps;
using HookRunner.Core.Yaml;

namespace HookRunner.Core.Planning;

/// <summary>Turns one list of steps into planned ones: `use` and `steps` opened, left out what `only` and `except` leave out.</summary>
internal sealed class ListExpansion(PlanContext context)
{
    /// <summary>Lists that use lists twice each grow without bounds; no event has this many steps and lists.</summary>
    private const int Most = 5000;

    private int _nodes;
    private int _steps;

    public static ImmutableArray<PlannedNode> Expand(StepList? list, PlanContext context) =>
        list is null ? [] : new ListExpansion(context).Expand(list, new Frame(context.Defaults, default, []));

    private ImmutableArray<PlannedNode> Expand(StepList list, Frame frame)
    {
        var nodes = ImmutableArray.CreateBuilder<PlannedNode>(list.Steps.Length);
        foreach (var declaration in list.Steps)
        {
            if (Node(declaration, frame) is { } node)
            {
                nodes.Add(node);
            }
        }

        return nodes.DrainToImmutable();
    }

    private PlannedNode? Node(StepDeclaration declaration, Frame frame)
    {
        if (++_nodes > Most)
        {
            ReportTooMany(declaration);
            return null;
        }

        if (context.Selection.LeftOut(declaration) is { } reason)
        {
            return new PlannedGroup { Location = declaration.Location, Name = Name(declaration, frame), LeftOut = reason, Children = [] };
        }

        if (declaration.Kind is { } kind)
        {
            var binder = Binder(declaration, kind, frame, ++_steps);
            return binder.Make(binder.Scope, context.Diagnostics);
        }

        return Opened(declaration, frame) is { } list ? Group(declaration, list, frame) : null;
    }

    private void ReportTooMany(StepDeclaration declaration)
    {
        if (_nodes == Most + 1)
        {
            context.Diagnostics.Error(declaration.Location, $"more than {Most} steps and lists in one event", "some lists use others again and again");
        }
    }

    private StepBinder Binder(StepDeclaration declaration, StepKind kind, Frame frame, int number)
    {
        var keys = frame.Keys.WithStep(declaration.Body, context.Diagnostics);
        var guards = frame.Guards.With(keys["when"], keys["unless"], context.Scope.BuiltIns.LinkPath);
        return new StepBinder(declaration, kind, keys, context.Scope with { Guards = guards }, number) { OpenVariables = context.OpenVariables };
    }

    private PlannedGroup Group(StepDeclaration declaration, StepList list, Frame frame)
    {
        var body = declaration.Body;
        var guards = frame.Guards.With(body["when"], body["unless"], context.Scope.BuiltIns.LinkPath);
        var scope = context.Scope with { Guards = guards };
        var fields = new Fields(StepKeys.Empty.WithStep(body, context.Diagnostics).ToMap(body.Location), scope, context.Diagnostics);
        return new PlannedGroup
        {
            Location = declaration.Location,
            Name = fields.Text("name")?.ToString() ?? Name(declaration, frame),
            When = body["when"] is { } when ? ConditionBlock.Read(when, "when", scope, context.Diagnostics) : [],
            Unless = body["unless"] is { } unless ? ConditionBlock.Read(unless, "unless", scope, context.Diagnostics) : [],
            AllowFailure = fields.Flag("allow_failure") ?? false,
            Timeout = fields.Duration("timeout"),
            Children = Expand(list, new Frame(
                frame.Keys.WithList(body, context.Diagnostics),
                guards,
                declaration.Use is { } use ? frame.Lists.Add(use) : frame.Lists)),
        };
    }

    private StepList? Opened(StepDeclaration declaration, Frame frame)
    {
        if (declaration.Use is not { } use)
        {
            return declaration.Inline;
        }

        if (frame.Lists.Contains(use))
        {
            context.Diagnostics.Error(declaration.Location, $"lists that use each other: {string.Join(" -> ", frame.Lists.Add(use).Select(name => $"`{name}`"))}");
            return null;
        }

        if (context.File.Lists.TryGetValue(use, out var list))
        {
            return list;
        }

        context.Diagnostics.Error(declaration.Location, $"`use: {use}`: no list under `steps` has that name", Suggestion.Remedy(use, [.. context.File.Lists.Keys]));
        return null;
    }

    /// <summary>A name that asks nothing of a step which may not be resolvable where it is left out.</summary>
    private string Name(StepDeclaration declaration, Frame frame)
    {
        var quiet = new DiagnosticBag();
        var scope = context.Scope with { Diagnostics = quiet, Guards = new ReleaseGuards(true, true) };
        if (declaration.Kind is { } kind)
        {
            return Binder(declaration, kind, frame, 0).Make(scope, quiet) is { } step && !quiet.HasErrors
                ? step.Name
                : StepName.Of(kind.Name, (declaration.Value as YamlScalar)?.Text ?? "");
        }

        return (declaration.Body["name"] as YamlScalar)?.Text
            ?? (declaration.Use is { } use ? StepName.Of("use", use) : "steps");
    }

    private sealed record Frame(StepKeys Keys, ReleaseGuards Guards, ImmutableArray<string> Lists);
}
