using System.Text;
using HookRunner.Core.Reporting;
using HookRunner.Core.Steps;
using HookRunner.Host.Os;
using HookRunner.Host.State;
using Serilog;
using Serilog.Core;
using Serilog.Debugging;
using Serilog.Formatting.Compact;
using Serilog.Sinks.File;

namespace HookRunner.Host.Logging;

/// <summary>
/// The structured log of an application on this host: `hookrunner.jsonl`, one JSON object a line, rolled by day and size.
/// Where it cannot be written the deployment goes on, and that is said once.
/// </summary>
internal sealed class EventLog : IRunObserver, IDisposable
{
    private const long LargestFile = 16 << 20;

    private const int MostFiles = 14;

    private readonly Logger _log;

    private EventLog(Logger log) => _log = log;

    /// <summary>Opens it; what goes wrong then or later is told to <paramref name="warn"/>, once.</summary>
    public static EventLog Open(StateLayout layout, EventIdentity identity, Action<string> warn)
    {
        // The sink would make it for everybody to read. That it cannot be made is the sink's to say.
        _ = PosixPath.MakeDirectories(layout.Logs, StateLayout.DirectoryMode);
        var hasWarned = false;
        SelfLog.Enable(message =>
        {
            if (!hasWarned)
            {
                hasWarned = true;
                warn($"the structured log cannot be written: {message.Split('\n')[0]}");
            }
        });
        return new EventLog(new LoggerConfiguration()
            .Enrich.WithProperty("Deployment", identity.Deployment)
            .Enrich.WithProperty("Event", identity.Event)
            .Enrich.WithProperty("Group", identity.Group)
            .WriteTo.File(
                new CompactJsonFormatter(),
                Path.Join(layout.Logs, "hookrunner.jsonl"),
                fileSizeLimitBytes: LargestFile,
                rollingInterval: RollingInterval.Day,
                rollOnFileSizeLimit: true,
                retainedFileCountLimit: MostFiles,
                hooks: new PrivateFile())
            .CreateLogger());
    }

    public void On(RunEvent happening)
    {
        switch (happening)
        {
            case RunEvent.EventStarted started:
                _log.Information("Event started in environment {Environment} from {Bundle} with {StepCount} steps",
                    started.Identity.Environment, started.Identity.Bundle, started.StepCount);
                break;
            case RunEvent.EventRefused refused:
                _log.Error("Event refused before its first step: {Reason}", refused.Reason);
                break;
            case RunEvent.AttemptFailed attempt:
                _log.Warning("Attempt {Attempt} of step {Step} failed: {Reason}; next in {DelayMilliseconds} ms",
                    attempt.Attempt, attempt.Step.Name, OutcomeText.Reason(attempt.Outcome), (long)attempt.Delay.TotalMilliseconds);
                break;
            case RunEvent.StepEnded step:
                Step(step.Report);
                break;
            case RunEvent.Warned warned:
                _log.Warning("{Warning}", warned.Message);
                break;
            case RunEvent.Noted noted:
                _log.Information("{Note}", noted.Line);
                break;
            case RunEvent.EventEnded ended:
                _log.Information("Event ended with status {ExitStatus} after {Milliseconds} ms",
                    ended.Report.ExitStatus, (long)ended.Report.Took.TotalMilliseconds);
                break;
        }
    }

    public void Dispose()
    {
        _log.Dispose();
        SelfLog.Disable();
    }

    private void Step(StepReport step)
    {
        const string template = "Step {Number} {Step} of {List}: {Result} after {Milliseconds} ms, {Reason} (output: {Log})";
        var level = step.Fails ? Serilog.Events.LogEventLevel.Error
            : step.Outcome is StepOutcome.Failed or StepOutcome.TimedOut ? Serilog.Events.LogEventLevel.Warning
            : Serilog.Events.LogEventLevel.Information;
        _log.Write(level, template, step.Number, step.Name, step.List.ToString(), OutcomeText.Word(step),
            (long)step.Took.TotalMilliseconds, OutcomeText.Reason(step.Outcome), step.LogPath);
    }

    /// <summary>0640, whatever the umask is.</summary>
    private sealed class PrivateFile : FileLifecycleHooks
    {
        public override Stream OnFileOpened(string path, Stream underlyingStream, Encoding encoding)
        {
            _ = Libc.ChangeMode(path, StateLayout.FileMode);
            return underlyingStream;
        }
    }
}
