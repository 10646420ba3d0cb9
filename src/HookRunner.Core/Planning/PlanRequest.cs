using System.Collections.Immutable;
using HookRunner.Core.Deployment;
using HookRunner.Core.Diagnostics;
using HookRunner.Core.Language;
using HookRunner.Core.Planning.Scopes;
using HookRunner.Core.Values;

namespace HookRunner.Core.Planning;

/// <summary>One plan to be made.</summary>
internal sealed record PlanRequest(HookFile File, DeploymentContext Deployment, PlanMoment Moment, PlanOptions Options)
{
    private const string ReleaseDirectory = "release.dir";

    public ExecutionPlan Resolve(GroupChoice choice, DiagnosticBag diagnostics)
    {
        var scope = ReleaseScope(choice, diagnostics, out var release);
        var lists = EventLists.Of(File, choice, Moment, diagnostics);
        var variables = KnownVariables(scope, out var open);
        var context = new PlanContext
        {
            File = File,
            Selection = new Selection(choice, Deployment.Group, Moment),
            Scope = scope,
            Defaults = Defaults(choice, diagnostics),
            OpenVariables = open,
            Diagnostics = diagnostics,
        };
        var plan = new ExecutionPlan
        {
            Deployment = Deployment,
            Application = File.Application ?? Deployment.Application,
            SharedHost = File.SharedHost,
            Event = Moment.Event,
            IsRollback = Moment.IsRollback,
            Environment = choice.Environment,
            Roles = [.. choice.Roles.Select(role => role.Name)],
            Steps = ListExpansion.Expand(lists.Event?.Steps, context),
            OnFailure = ListExpansion.Expand(lists.OnFailure, context),
            Always = ListExpansion.Expand(lists.Always, context),
            Timeout = lists.Event?.Timeout,
            Reserve = lists.Event?.Reserve ?? File.Reserve,
            LockWait = File.LockWait ?? TimeSpan.FromMinutes(5),
            Release = release,
            Links = [],
            Variables = variables,
            Mask = File.Mask,
            State = File.State,
        };
        ReleaseStepRules.Check(plan, diagnostics);
        return plan with { Links = PlanLinks.Of(plan, diagnostics) };
    }

    /// <summary>The scope with `link` in it, which first needs one without.</summary>
    private PlanScope ReleaseScope(GroupChoice choice, DiagnosticBag diagnostics, out ReleaseSettings? release)
    {
        var builtIns = BuiltInsOf(choice);
        if (File.Release is not { } declaration)
        {
            release = null;
            return Scope(choice, builtIns, diagnostics);
        }

        var resolver = new ReleaseResolver(File, Deployment, diagnostics);
        var link = resolver.Link(declaration, Scope(choice, builtIns, diagnostics));
        var scope = Scope(choice, builtIns with { Link = link is null ? VariableValue.Late.Value : new VariableValue.Known(link.Text) }, diagnostics);
        release = link is null ? null : resolver.Read(declaration, link.Text, scope);
        return Options.AssumesReleaseDirectory && release is { Releases: var releases } && !scope.Set.ContainsKey(ReleaseDirectory)
            ? scope with { Set = scope.Set.Add(ReleaseDirectory, $"{releases}/{Deployment.Deployment}") }
            : scope;
    }

    private BuiltIns BuiltInsOf(GroupChoice choice) => new()
    {
        Deployment = Deployment,
        Moment = Moment,
        Application = File.Application ?? Deployment.Application,
        Environment = choice.Environment,
        Roles = string.Join(' ', choice.Roles.Select(role => role.Name)),
        HasRelease = File.Release is not null,
        Link = File.Release is null
            ? BuiltIns.NoRelease("link")
            : new VariableValue.Undefined("`${link}` cannot be used in `release.link`, which it comes from"),
    };

    private PlanScope Scope(GroupChoice choice, BuiltIns builtIns, DiagnosticBag diagnostics) => new()
    {
        BuiltIns = builtIns,
        Variables = VariableTable.Of(File, choice, builtIns, diagnostics),
        Set = Options.Set,
        Diagnostics = diagnostics,
    };

    private StepKeys Defaults(GroupChoice choice, DiagnosticBag diagnostics)
    {
        RoleConflicts.CheckSettings(choice.Roles, diagnostics);
        var keys = StepKeys.Empty.With(File.Common, diagnostics).With(choice.Declared?.Layer ?? Layer.Empty, diagnostics);
        foreach (var role in choice.Roles)
        {
            keys = keys.With(role.Layer, diagnostics);
        }

        return keys;
    }

    /// <summary>Those that can be known now; the rest, and those with a mistake that nothing may ever use, stay open.</summary>
    private static ImmutableArray<(string Name, string Value)> KnownVariables(PlanScope scope, out List<string> open)
    {
        var known = ImmutableArray.CreateBuilder<(string, string)>();
        var quiet = scope with { Diagnostics = new DiagnosticBag(), Guards = new ReleaseGuards(true, true) };
        open = [];
        foreach (var name in scope.Variables.Names)
        {
            if (quiet.Find(name) is VariableValue.Known value)
            {
                known.Add((name, value.Text));
            }
            else
            {
                open.Add(name);
            }
        }

        scope.Diagnostics.AddRange(scope.Variables.Cycles);
        return known.DrainToImmutable();
    }
}
