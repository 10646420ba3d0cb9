using HookRunner.Core.Reporting;
using HookRunner.Host.Logging;
using HookRunner.Host.Releases;
using HookRunner.Host.State;

namespace HookRunner.Host.Execution;

/// <summary>Records an event, its steps and its end in the journal. That it cannot be written is said when it is opened.</summary>
internal sealed class JournalObserver(ReleaseContext releases, EventIdentity identity, StepLogs logs) : IRunObserver
{
    public void On(RunEvent happening)
    {
        switch (happening)
        {
            case RunEvent.EventStarted:
                releases.Record(Start());
                break;
            case RunEvent.EventRefused refused:
                releases.Record(Start());
                releases.Record(End(refused));
                break;
            case RunEvent.StepEnded ended:
                releases.Record(Step(ended.Report));
                break;
            case RunEvent.EventEnded ended:
                releases.Record(End(ended.Report));
                break;
        }
    }

    private JournalRecord.EventStarted Start() => new()
    {
        Deployment = identity.Deployment,
        Event = identity.Event,
        Application = identity.Application,
        Group = identity.Group,
        Environment = identity.Environment,
        Roles = identity.Roles,
        Bundle = identity.Bundle,
        ProcessId = Environment.ProcessId,
        BootId = Boot.Id,
        Logs = logs.Folder ?? "",
        Version = ProductVersion.Text,
    };

    private JournalRecord.StepEnded Step(StepReport report) => new()
    {
        Deployment = identity.Deployment,
        Event = identity.Event,
        List = report.List switch
        {
            StepListKind.OnFailure => "on_failure",
            StepListKind.Always => "always",
            _ => "steps",
        },
        Number = report.Number,
        Name = report.Name,
        Kind = report.Kind,
        Result = OutcomeText.Word(report),
        Reason = OutcomeText.Reason(report.Outcome),
        Took = report.Took,
        Attempts = report.Attempts,
        Log = report.LogPath ?? "",
    };

    private JournalRecord.EventEnded End(EventReport report) => new()
    {
        Deployment = identity.Deployment,
        Event = identity.Event,
        Result = report.ExitStatus switch
        {
            ExitStatus.Done => "ok",
            ExitStatus.OutOfTime => "timeout",
            ExitStatus.StepFailed => "failed",
            _ => "stopped",
        },
        Exit = report.ExitStatus,
        Took = report.Took,
        FailedStep = report.Failure?.Name ?? "",
        Reason = report.Failure is { } failure ? OutcomeText.Reason(failure.Outcome) : "",
        NotRun = report.ListsNotRun,
    };

    private JournalRecord.EventEnded End(RunEvent.EventRefused refused) => new()
    {
        Deployment = identity.Deployment,
        Event = identity.Event,
        Result = "failed",
        Exit = ExitStatus.Invalid,
        Reason = refused.Reason,
    };
}
