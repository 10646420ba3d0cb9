using HookRunner.Core.Deployment;

namespace HookRunner.Core.Planning;

/// <summary>What a plan is for: a lifecycle event, or the steps after `hookrunner rollback`.</summary>
/// <param name="Event">Under rollback the last of all: nothing is forbidden that a whole deployment may use.</param>
/// <param name="IsRollback">The steps under `rollback:`.</param>
internal readonly record struct PlanMoment(LifecycleEvent Event, bool IsRollback = false)
{
    public const string RollbackName = "rollback";

    public static PlanMoment Rollback { get; } = new(LifecycleEvents.All[^1], true);

    /// <summary>As `${event}` and messages say it.</summary>
    public string Name => IsRollback ? RollbackName : Event.Name();

    /// <summary>This deployment's release is there, or is made in this event.</summary>
    public bool HasReleaseDirectory => !Event.RunsPreviousRevision() && Event != LifecycleEvent.BeforeInstall;
}
