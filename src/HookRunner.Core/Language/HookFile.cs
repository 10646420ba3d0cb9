using System.Collections.Immutable;
using HookRunner.Core.Deployment;
using HookRunner.Core.Diagnostics;
using HookRunner.Core.Steps;
using HookRunner.Core.Values;
using HookRunner.Core.Yaml;

namespace HookRunner.Core.Language;

/// <summary>hookrunner.yml as written: every shape checked, nothing chosen, merged or expanded yet.</summary>
internal sealed record HookFile
{
    public required SourceText Source { get; init; }

    /// <summary>`application`; null: the agent's.</summary>
    public string? Application { get; init; }

    /// <summary>`appspec`, relative to the bundle; null: the first `appspec*.y*ml` at its root.</summary>
    public string? AppSpec { get; init; }

    /// <summary>`state`: absolute.</summary>
    public string? State { get; init; }

    /// <summary>Empty: every group is taken, and the environment is named as the group.</summary>
    public ImmutableArray<ScopeDeclaration> Environments { get; init; } = [];

    public ImmutableArray<ScopeDeclaration> Roles { get; init; } = [];

    /// <summary>The file's own vars, env, env_file, path, inherit_env and defaults.</summary>
    public Layer Common { get; init; } = Layer.Empty;

    /// <summary>`mask`: names or globs.</summary>
    public ImmutableArray<string> Mask { get; init; } = [];

    public ReleaseDeclaration? Release { get; init; }

    /// <summary>The named lists of `steps:`.</summary>
    public ImmutableSortedDictionary<string, StepList> Lists { get; init; } = ImmutableSortedDictionary<string, StepList>.Empty;

    public ImmutableDictionary<LifecycleEvent, EventDeclaration> Hooks { get; init; } =
        ImmutableDictionary<LifecycleEvent, EventDeclaration>.Empty;

    /// <summary>Null: not written. `[]` is written and means none.</summary>
    public StepList? OnFailure { get; init; }

    public StepList? Always { get; init; }

    /// <summary>`rollback`: steps after `hookrunner rollback`.</summary>
    public StepList? Rollback { get; init; }

    public TimeSpan? LockWait { get; init; }

    public TimeSpan? Reserve { get; init; }

    public SharedHost SharedHost { get; init; } = SharedHost.Warn;
}

/// <summary>What to do where another deployment group has deployed to the same link.</summary>
internal enum SharedHost
{
    Warn,
    Refuse,
    Allow,
}

/// <summary>An environment or a role.</summary>
internal sealed record ScopeDeclaration
{
    public required SourceLocation Location { get; init; }

    public required string Name { get; init; }

    public ImmutableArray<GroupPattern> Groups { get; init; } = [];

    /// <summary>The captures of its regexes: each is a variable where its pattern matches.</summary>
    public IEnumerable<(string Name, SourceLocation Location)> Captures =>
        Groups.SelectMany(pattern => pattern.CaptureNames.Select(name => (name, pattern.Location)));

    /// <summary>`default: true`: taken when no other matches.</summary>
    public bool IsDefault { get; init; }

    public Layer Layer { get; init; } = Layer.Empty;

    /// <summary>An environment's own lists, each in place of the common one. Roles have none.</summary>
    public ImmutableDictionary<LifecycleEvent, EventDeclaration> Hooks { get; init; } =
        ImmutableDictionary<LifecycleEvent, EventDeclaration>.Empty;

    public StepList? OnFailure { get; init; }

    public StepList? Always { get; init; }
}

/// <summary>What file, environment and role can each say about variables and the starting of programs.</summary>
internal sealed record Layer
{
    public static Layer Empty { get; } = new();

    public ImmutableArray<VariableDeclaration> Variables { get; init; } = [];

    public ImmutableArray<VariableDeclaration> Environment { get; init; } = [];

    /// <summary>`env_file` as written: each entry a text or `{path, optional, secret}`, its shape checked.</summary>
    public ImmutableArray<YamlNode> EnvironmentFiles { get; init; } = [];

    public ImmutableArray<Template> Path { get; init; } = [];

    public InheritedEnvironment Inherited { get; init; } = new(false, []);

    /// <summary>`defaults`: any common step key, as written, its keys checked.</summary>
    public YamlMap? Defaults { get; init; }
}

/// <summary>`NAME: value` under `vars` or `env`.</summary>
internal sealed record VariableDeclaration(SourceLocation Location, string Name, Template Value);

/// <summary>`release:` as written; its values are expanded with the plan.</summary>
internal sealed record ReleaseDeclaration(SourceLocation Location, YamlMap Body);

/// <summary>A list of steps as written.</summary>
internal sealed record StepList(SourceLocation Location, ImmutableArray<StepDeclaration> Steps);

/// <summary>One event under `hooks`.</summary>
internal sealed record EventDeclaration
{
    public required SourceLocation Location { get; init; }

    public required StepList Steps { get; init; }

    public StepList? OnFailure { get; init; }

    public StepList? Always { get; init; }

    public TimeSpan? Timeout { get; init; }

    public TimeSpan? Reserve { get; init; }
}

/// <summary>One step as written: its kind is known and its shape checked against it.</summary>
internal sealed record StepDeclaration
{
    public required SourceLocation Location { get; init; }

    /// <summary>All its keys, the kind's among them.</summary>
    public required YamlMap Body { get; init; }

    /// <summary>Null for `use` and `steps`, which are lists and no kinds.</summary>
    public StepKind? Kind { get; init; }

    /// <summary>What stands under the kind's word.</summary>
    public required YamlNode Value { get; init; }

    /// <summary>`use: LIST`.</summary>
    public string? Use { get; init; }

    /// <summary>`steps: [...]`.</summary>
    public StepList? Inline { get; init; }

    public Selector? Only { get; init; }

    public Selector? Except { get; init; }
}

/// <summary>`only` or `except`: a list means any, several keys mean all. Null: the key was not written.</summary>
internal sealed record Selector
{
    public required SourceLocation Location { get; init; }

    public ImmutableArray<string>? Environments { get; init; }

    public ImmutableArray<string>? Roles { get; init; }

    public ImmutableArray<GroupPattern>? Groups { get; init; }

    public ImmutableArray<LifecycleEvent>? Events { get; init; }

    /// <summary>`event` names `rollback` too: the steps after `hookrunner rollback`.</summary>
    public bool Rollback { get; init; }
}
