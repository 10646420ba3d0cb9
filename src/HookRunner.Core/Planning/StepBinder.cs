using System.Collections.Immutable;
using HookRunner.Core.Diagnostics;
using HookRunner.Core.Language;
using HookRunner.Core.Planning.Scopes;
using HookRunner.Core.Steps;
using HookRunner.Core.Values;

namespace HookRunner.Core.Planning;

/// <summary>Makes one step from its declaration and its merged keys: for the plan, and again when it starts.</summary>
internal sealed record StepBinder(StepDeclaration Declaration, StepKind Kind, StepKeys Keys, PlanScope Scope, int Number)
{
    /// <summary>The variables to look for in the step's own text.</summary>
    public required IReadOnlyList<string> OpenVariables { get; init; }

    /// <summary>Null after a reported mistake.</summary>
    public PlannedStep? Make(IVariableScope scope, DiagnosticBag diagnostics)
    {
        var fields = new Fields(Keys.ToMap(Declaration.Location), scope, diagnostics);
        var action = Kind.Read(new StepFields(Kind, Declaration.Value, scope, diagnostics));
        var (when, unless) = (Conditions("when", scope, diagnostics), Conditions("unless", scope, diagnostics));
        var startsProgram = Kind.StartsProgram || when.Concat(unless).Any(condition => condition is Condition.Run);
        var looksForProgram = startsProgram || when.Concat(unless).Any(condition => condition is Condition.Program);
        if (action is null)
        {
            return null;
        }

        var name = fields.Text("name")?.ToString() ?? StepName.Of(Kind.Name, action.Subject);
        return new PlannedStep
        {
            Location = Declaration.Location,
            Number = Number,
            Kind = Kind.Name,
            Name = name,
            Action = action,
            StartsProgram = startsProgram,
            When = when,
            Unless = unless,
            AllowFailure = fields.Flag("allow_failure") ?? false,
            Timeout = Kind.BoundsItself ? null : fields.Duration("timeout"),
            Retry = Keys["retry"] is { } retry ? RetryBlock.Read(retry, scope, diagnostics) : null,
            Program = looksForProgram ? Program(ProgramBlock.Read(fields), fields)
                : Kind.GivesEnvironment ? Program(ForHelper(fields), fields)
                : new ProgramSettings { User = fields.Text("user"), EnvironmentFiles = IsOfEnvironment ? EnvironmentFiles(fields) : [] },
            LateVariables = NamedVariables(scope, diagnostics),
            Bind = (late, found) => Bind(name, late, found),
        };
    }

    /// <summary>The name stays that of the plan: a late value in it may be a secret, and logs are named after it.</summary>
    private PlannedStep? Bind(string name, IVariableScope late, DiagnosticBag diagnostics)
    {
        var found = new DiagnosticBag();
        var step = Make(new StartScope(Scope with { Diagnostics = found }, late), found);
        diagnostics.AddRange(found);
        return found.HasErrors || step is null ? null : step with { Name = name };
    }

    private ImmutableArray<Condition> Conditions(string key, IVariableScope scope, DiagnosticBag diagnostics) =>
        Keys[key] is { } node ? ConditionBlock.Read(node, key, scope, diagnostics) : [];

    /// <summary>Its working directory and the like are ours, whatever the defaults say.</summary>
    private static ProgramSettings ForHelper(Fields fields) => new()
    {
        User = fields.Text("user"),
        Inherited = fields.Node("inherit_env") is { } inherited ? ProgramBlock.Inherited(inherited, fields.Diagnostics) : new(false, []),
    };

    private ProgramSettings Program(ProgramSettings settings, Fields fields)
    {
        var (scope, diagnostics) = (fields.Scope, fields.Diagnostics);
        return settings with
        {
            Environment = [.. Keys.Environment.Select(item => (item.Name, item.Value.Resolve(scope, diagnostics)))],
            EnvironmentFiles = EnvironmentFiles(fields),
            Path = [.. Keys.Path.Select(entry => PathRules.Destination(entry.Resolve(scope, diagnostics), "path", diagnostics)).OfType<Template>()],
            Inherited = Keys["inherit_env"] is null ? Keys.Inherited : settings.Inherited,
        };
    }

    /// <summary>A step that starts nothing reads them, too, where it puts a value of the environment somewhere.</summary>
    private bool IsOfEnvironment => VariableMention.IsOfEnvironment(Declaration.Body, OpenVariables);

    private ImmutableArray<EnvironmentFile> EnvironmentFiles(Fields fields) =>
        [.. Keys.EnvironmentFiles.Select(entry => EnvironmentFileBlock.Read(entry, fields.Scope, fields.Diagnostics)).OfType<EnvironmentFile>()];

    /// <summary>HOOKRUNNER_VAR_* of what is not known before the step starts, where the step's text names it.</summary>
    private ImmutableArray<(string Name, Template Value)> NamedVariables(IVariableScope scope, DiagnosticBag diagnostics)
    {
        var named = ImmutableArray.CreateBuilder<(string, Template)>();
        foreach (var name in OpenVariables)
        {
            if (VariableMention.Find(Declaration.Body, name) is { } location)
            {
                named.Add((name, new Template(location, [new TemplatePart(name, true)]).Resolve(scope, diagnostics)));
            }
        }

        return named.DrainToImmutable();
    }
}
