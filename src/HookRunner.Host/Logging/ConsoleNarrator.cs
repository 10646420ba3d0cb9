using System.Globalization;
using HookRunner.Core.Reporting;
using HookRunner.Core.Steps;
using HookRunner.Host.Output;

namespace HookRunner.Host.Logging;

/// <summary>Tells an event to the agent, or to the person who runs it, as it happens; last the summary or the digest.</summary>
internal sealed class ConsoleNarrator(OutputRelay relay) : IRunObserver
{
    public void On(RunEvent happening)
    {
        switch (happening)
        {
            case RunEvent.EventStarted started:
                Say(Headline(started.Identity));
                break;
            case RunEvent.StepStarted started:
                Say(string.Create(CultureInfo.InvariantCulture,
                    $"[{Place(started.List)}{started.Step.Number}/{started.Of}] {started.Step.Name}"));
                break;
            case RunEvent.AttemptFailed attempt:
                Say(string.Create(CultureInfo.InvariantCulture,
                    $"attempt {attempt.Attempt} failed: {OutcomeText.Reason(attempt.Outcome)}; next in {Core.Values.Duration.Format(Rounded(attempt.Delay))}"));
                break;
            case RunEvent.StepEnded { Report: { Outcome: StepOutcome.Failed or StepOutcome.TimedOut } step }:
                Say($"{(step.MayFail ? "failed, which is allowed here" : "failed")}: {OutcomeText.Reason(step.Outcome)}");
                break;
            case RunEvent.Warned warned:
                Say($"warning: {warned.Message}");
                break;
            case RunEvent.Noted noted:
                Say(noted.Line);
                break;
            case RunEvent.EventEnded ended:
                End(ended.Report);
                break;
        }
    }

    private static string Headline(EventIdentity identity) =>
        $"hookrunner {ProductVersion.Text}: {identity.Event}, environment {identity.Environment}"
        + (identity.Roles.Length == 0 ? "" : $" ({string.Join(", ", identity.Roles)})")
        + $", deployment {identity.Deployment}, bundle {identity.Bundle}";

    private static string Place(StepListKind list) => list switch
    {
        StepListKind.OnFailure => "on_failure ",
        StepListKind.Always => "always ",
        _ => "",
    };

    private static TimeSpan Rounded(TimeSpan delay) => TimeSpan.FromMilliseconds(Math.Round(delay.TotalMilliseconds));

    private void End(EventReport report)
    {
        foreach (var line in report.Failure is null ? Summary.Lines(report) : Digest.Lines(report))
        {
            relay.WriteLine(line, important: true);
        }
    }

    private void Say(string line) => relay.WriteLine(line);
}
