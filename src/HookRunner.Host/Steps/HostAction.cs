using HookRunner.Core.Steps;

namespace HookRunner.Host.Steps;

/// <summary>A step's action with its act: what every kind of this project derives from.</summary>
internal abstract record HostAction : StepAction
{
    /// <summary>
    /// Does it once. Every template of the action is complete. Bounded by <see cref="StepRun.Deadline"/>; what a host can
    /// do to it is an outcome, never an exception.
    /// </summary>
    public abstract StepOutcome Run(StepRun run);
}
