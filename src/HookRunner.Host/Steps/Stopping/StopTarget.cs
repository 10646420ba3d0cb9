using HookRunner.Core.Steps;
using HookRunner.Host.Processes;

namespace HookRunner.Host.Steps.Stopping;

/// <summary>What shall run no longer. A closed set.</summary>
internal abstract class StopTarget
{
    /// <summary>What lives of it now; a failure where that cannot be told, or may not be stopped.</summary>
    public abstract StepOutcome.Failed? Find(out List<ProcessStat> found);

    /// <summary>Nothing of it lives any more: takes away what it left, and says so.</summary>
    public virtual string Clear() => "";

    /// <summary>Whether one that was started anew can be found by the same words.</summary>
    public virtual bool CanComeBack => true;

    protected static StepOutcome.Failed? Refuse(List<ProcessStat> found, Func<string> what)
    {
        foreach (var process in found)
        {
            if (Untouchable.What(process) is { } untouchable)
            {
                return new StepOutcome.Failed($"{what()} is pid {process.Id}: {untouchable}, which is not stopped");
            }
        }

        return null;
    }
}
