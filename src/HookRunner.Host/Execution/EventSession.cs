using System.Collections.Immutable;
using HookRunner.Core.Deployment;
using HookRunner.Core.Planning;
using HookRunner.Core.Reporting;
using HookRunner.Core.Steps;
using HookRunner.Host.Bundles;
using HookRunner.Host.Logging;
using HookRunner.Host.Os;
using HookRunner.Host.Output;
using HookRunner.Host.Processes;
using HookRunner.Host.Releases;
using HookRunner.Host.State;

namespace HookRunner.Host.Execution;

/// <summary>One run of one event on this host: its time, its locks, its logs and its record around the plan.</summary>
internal sealed class EventSession(StandardStreams streams, TerminationSignals signals, OutputRelay relay, AgentVariables variables)
{
    /// <summary>Runs a valid plan and returns the exit status.</summary>
    /// <param name="plan">Of the event.</param>
    /// <param name="bundle">Where its time limit stands.</param>
    /// <param name="state">`--state`; null: what the file says, else the system's place.</param>
    public int Run(ExecutionPlan plan, Bundle bundle, string? state)
    {
        var layout = StateLayout.For(plan.Deployment.Application, state ?? plan.State);
        if (plan.Steps.Length == 0 && !ReleaseContext.PreparesInstall(plan))
        {
            relay.WriteLine($"{plan.EventName}: no steps in environment {plan.Environment} (hookrunner {ProductVersion.Text})", important: true);
            if (DeploymentProgress.After(plan.Event, ExitStatus.Done, bundle.AppSpec) == HolderState.Over)
            {
                DeploymentSign.LeaveOver(plan, layout);
            }

            return ExitStatus.Done;
        }

        var clock = EventClock.Start(plan, bundle);
        var self = Users.Current();
        if (layout.Create() is { } error && self.Id != 0)
        {
            return Refuse(plan, ExitStatus.Invalid,
                $"no place for state: {error}",
                $"  hookrunner runs as {self.Name}; as another user than root it needs `state: DIRECTORY`, writable, in hookrunner.yml");
        }

        switch (HostLock.Acquire(Request(plan, layout, clock)))
        {
            case LockOutcome.Held held:
                return Locked(plan, new RunRecord(plan, layout, relay, held), clock, self, bundle.AppSpec);
            case LockOutcome.Failed failed:
                relay.WriteLine($"warning: runs without a lock: {failed.Error}");
                return Locked(plan, new RunRecord(plan, layout, relay, null), clock, self, bundle.AppSpec);
            case LockOutcome.Stopped:
                return Refuse(plan, ExitStatus.Signalled(signals.Received),
                    $"told to stop by {Signals.Name(signals.Received)} while it waited for its lock", "  nothing was done");
            case var refused:
                return Refuse(plan, ExitStatus.Locked, refused.ToString()!, "  nothing was done; `hookrunner status` shows who deploys here");
        }
    }

    private int Locked(ExecutionPlan plan, RunRecord record, EventClock clock, UserAccount self, AppSpec? appSpec)
    {
        using (record)
        {
            var context = Context(plan, record, clock, self);
            record.Start();
            if (Prepare(record, clock) is { } failed)
            {
                record.Observer.On(new RunEvent.EventRefused(failed.Reason));
                record.End(HolderState.Over);
                return Refuse(plan, ExitStatus.Invalid, [failed.Reason, .. failed.Hint is { } hint ? [$"  {hint}"] : ImmutableArray<string>.Empty]);
            }

            var report = new EventRunner(context).Run(clock.StepsEnd, clock.ListsEnd);
            var progress = DeploymentProgress.After(plan.Event, report.ExitStatus, appSpec);
            if (progress == HolderState.Over && report.ExitStatus == ExitStatus.Done)
            {
                WarnOfOldReleases(record);
            }

            record.End(progress);
            return report.ExitStatus;
        }
    }

    /// <summary>What was not restarted still runs the old code, and fails when that is pruned.</summary>
    private static void WarnOfOldReleases(RunRecord record)
    {
        const int mostNamed = 5;
        foreach (var user in record.Releases.LeftInOldReleases().Take(mostNamed))
        {
            record.Observer.On(new RunEvent.Warned($"not restarted: {user}, in the old release {user.Release}"));
        }
    }

    /// <summary>Install, which comes next, must find its place.</summary>
    private StepOutcome.Failed? Prepare(RunRecord record, EventClock clock) => record.Releases.PrepareForInstall(
        note => record.Observer.On(new RunEvent.Noted(note)),
        () => !signals.Token.IsCancellationRequested && !clock.StepsEnd.HasPassed);

    private EventContext Context(ExecutionPlan plan, RunRecord record, EventClock clock, UserAccount self) => new()
    {
        Plan = plan,
        Identity = record.Identity,
        Processes = new ProcessRunner(streams, signals, relay),
        Relay = relay,
        Grace = clock.Grace,
        Secrets = new EventSecrets(relay.Mask, plan.Mask),
        Signals = signals,
        Logs = record.Logs,
        Observer = record.Observer,
        Simulation = Simulation.From(variables.All),
        Inherited = variables.All,
        Self = self,
        Releases = record.Releases,
    };

    private LockRequest Request(ExecutionPlan plan, StateLayout layout, EventClock clock) => new()
    {
        Layout = layout,
        Links = ReleaseContext.LinksOf(plan),
        Me = new LockHolder
        {
            Application = plan.Deployment.Application,
            Group = plan.Deployment.Group,
            Deployment = plan.Deployment.Deployment,
            Event = plan.EventName,
            ProcessId = Environment.ProcessId,
            Since = TimeProvider.System.GetUtcNow(),
            BootId = Boot.Id,
            LastSign = Boot.Now,
            State = HolderState.Running,
        },
        SharedHost = plan.SharedHost,
        Within = clock.Budget.LockWait,
        Say = line => relay.WriteLine(line),
        Stopping = signals.Token,
    };

    private int Refuse(ExecutionPlan plan, int status, params ImmutableArray<string> lines) => Refusal.Tell(
        relay,
        [$"{plan.EventName} was not run: {lines[0]}", .. lines[1..]],
        status,
        isPreviousRevision: !plan.IsRollback && plan.Event.RunsPreviousRevision());
}
