using System.Collections.Immutable;
using HookRunner.Core.Deployment;
using HookRunner.Core.Diagnostics;
using HookRunner.Core.Language;
using HookRunner.Core.Steps;
using HookRunner.Core.Values;

namespace HookRunner.Core.Planning;

/// <summary>
/// Everything one event will do. No default is left to apply and no layer to merge; what only the step's start can know
/// stands open in templates and is bound by <see cref="PlannedStep.Bind"/>.
/// </summary>
internal sealed record ExecutionPlan
{
    public required DeploymentContext Deployment { get; init; }

    /// <summary>`application`, else the agent's: the name under which state is kept.</summary>
    public string Application { get => field ?? Deployment.Application; init; }

    /// <summary>Under <see cref="IsRollback"/> the last of all events.</summary>
    public required LifecycleEvent Event { get; init; }

    /// <summary>The steps after `hookrunner rollback`, which belong to no event.</summary>
    public bool IsRollback { get; init; }

    /// <summary>As `${event}`, HOOKRUNNER_EVENT and messages say it: the event, or `rollback`.</summary>
    public string EventName => new PlanMoment(Event, IsRollback).Name;

    /// <summary>The environment's name; the group's name where the file declares none.</summary>
    public required string Environment { get; init; }

    public required ImmutableArray<string> Roles { get; init; }

    public required ImmutableArray<PlannedNode> Steps { get; init; }

    public required ImmutableArray<PlannedNode> OnFailure { get; init; }

    public required ImmutableArray<PlannedNode> Always { get; init; }

    /// <summary>The event's own `timeout`, where written.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>`reserve`, where written.</summary>
    public TimeSpan? Reserve { get; init; }

    /// <summary>Never more than half of the event's time; the executor sees to that.</summary>
    public TimeSpan LockWait { get; init; } = TimeSpan.FromMinutes(5);

    public SharedHost SharedHost { get; init; } = SharedHost.Warn;

    public ReleaseSettings? Release { get; init; }

    /// <summary>The links this event may switch, without doubles, in the order of their names.</summary>
    public required ImmutableArray<string> Links { get; init; }

    /// <summary>Each variable of the file that can be known now, for HOOKRUNNER_VAR_*.</summary>
    public required ImmutableArray<(string Name, string Value)> Variables { get; init; }

    /// <summary>Names or globs whose values are never shown.</summary>
    public required ImmutableArray<string> Mask { get; init; }

    /// <summary>`state`, where written.</summary>
    public string? State { get; init; }

    /// <summary>All steps in order, those of inline groups and lists among them.</summary>
    public IEnumerable<PlannedStep> AllSteps => Steps.Concat(OnFailure).Concat(Always).SelectMany(node => node.Flatten());
}

/// <summary>A step, or a list of steps that share conditions and a bound.</summary>
internal abstract record PlannedNode
{
    public required SourceLocation Location { get; init; }

    public required string Name { get; init; }

    /// <summary>
    /// Why it is left out of this plan (`only`, `except`); null where it is in. A step that is left out is a group without
    /// children: nothing of it was resolved, and it has no number.
    /// </summary>
    public string? LeftOut { get; init; }

    /// <summary>All must hold when it starts.</summary>
    public ImmutableArray<Condition> When { get; init; } = [];

    /// <summary>Any that holds skips it.</summary>
    public ImmutableArray<Condition> Unless { get; init; } = [];

    public bool AllowFailure { get; init; }

    /// <summary>Of one attempt (a step), or of the whole list (a group).</summary>
    public TimeSpan? Timeout { get; init; }

    public abstract IEnumerable<PlannedStep> Flatten();
}

internal sealed record PlannedGroup : PlannedNode
{
    public required ImmutableArray<PlannedNode> Children { get; init; }

    public override IEnumerable<PlannedStep> Flatten() => Children.SelectMany(child => child.Flatten());
}

internal sealed record PlannedStep : PlannedNode
{
    /// <summary>From 1, in the order of the list it stands in, groups flattened.</summary>
    public required int Number { get; init; }

    /// <summary>The kind's word.</summary>
    public required string Kind { get; init; }

    public required StepAction Action { get; init; }

    /// <summary>It starts a program, itself or in a condition; otherwise <see cref="Program"/> holds the default owner as its user.</summary>
    public bool StartsProgram { get; init; }

    public RetryPolicy? Retry { get; init; }

    public ProgramSettings Program { get; init; } = ProgramSettings.Default;

    /// <summary>Variables that rest on what is late (`release.`, `env.`, `instance.`) and are named by this step's own text.</summary>
    public ImmutableArray<(string Name, Template Value)> LateVariables { get; init; } = [];

    /// <summary>
    /// Makes the step again with what is known when it starts; null where that shows a mistake, which is then in the bag.
    /// The result holds complete templates only.
    /// </summary>
    public required Func<IVariableScope, DiagnosticBag, PlannedStep?> Bind { get; init; }

    public override IEnumerable<PlannedStep> Flatten() => [this];
}
