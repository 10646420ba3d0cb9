using HookRunner.Core.Deployment;
using HookRunner.Core.Planning;
using HookRunner.Core.Reporting;
using HookRunner.Host.Logging;
using HookRunner.Host.Output;
using HookRunner.Host.Releases;
using HookRunner.Host.State;

namespace HookRunner.Host.Execution;

/// <summary>What a run leaves on the host beside its effects: journal, logs, and the sign of its locks.</summary>
internal sealed class RunRecord : IDisposable
{
    private readonly LockOutcome.Held? _held;
    private readonly EventLog _log;

    public RunRecord(ExecutionPlan plan, StateLayout layout, OutputRelay relay, LockOutcome.Held? held)
    {
        _held = held;
        Identity = IdentityOf(plan);
        var narrator = new ConsoleNarrator(relay);
        void Warn(string message) => narrator.On(new RunEvent.Warned(message));
        Releases = ReleaseContext.Open(plan, layout);
        Logs = new StepLogs(layout, Identity, Warn);
        _log = EventLog.Open(layout, Identity, Warn);
        Observer = new RunObservers(narrator, _log, new JournalObserver(Releases, Identity, Logs));
    }

    public EventIdentity Identity { get; }

    public StepLogs Logs { get; }

    public ReleaseContext Releases { get; }

    public IRunObserver Observer { get; }

    /// <summary>Records the start, and says what the runs before this one left.</summary>
    public void Start()
    {
        foreach (var note in Releases.Notes)
        {
            Observer.On(new RunEvent.Noted(note));
        }

        foreach (var other in _held?.Sharing ?? [])
        {
            Observer.On(new RunEvent.Warned(
                $"{other.Application}/{other.Group} deploys to the same link ({other}): two deployment groups on one host overwrite each other"));
        }
    }

    /// <summary>Leaves word in the locks how far the deployment is.</summary>
    public void End(HolderState state)
    {
        _held?.Locks.End(state);
        if (state == HolderState.Over)
        {
            DeploymentSign.LeaveOver(Releases.Plan, Releases.Layout);
            LogPruning.Run(Releases.Layout, TimeProvider.System.GetUtcNow());
        }
    }

    public void Dispose()
    {
        _log.Dispose();
        Releases.Dispose();
        _held?.Locks.Dispose();
    }

    private static EventIdentity IdentityOf(ExecutionPlan plan) => new()
    {
        Event = plan.EventName,
        Application = plan.Deployment.Application,
        Group = plan.Deployment.Group,
        Deployment = plan.Deployment.Deployment,
        Environment = plan.Environment,
        Roles = plan.Roles,
        Bundle = plan.Deployment.Bundle,
        IsPreviousRevision = !plan.IsRollback && plan.Event.RunsPreviousRevision(),
    };
}
