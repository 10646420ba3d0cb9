using HookRunner.Core.Reporting;
using HookRunner.Core.Steps;
using HookRunner.Host.Os;
using HookRunner.Host.Steps.Report;

namespace HookRunner.Host.Steps;

/// <summary>`report: {s3|logs|sns}`: says elsewhere what happened here, before the instance is gone.</summary>
internal sealed record ReportAction(ReportTarget Target) : HostAction
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    public static StepKind Kind { get; } = new()
    {
        Name = "report",
        Summary = "sends the digest, and the ends of the steps' logs, to AWS through its CLI: at most 20 s, and what hinders it is a warning, never a failure; for `on_failure` and `always`",
        Keys =
        [
            new KindKey("s3", ValueShape.Text, "`s3://BUCKET/PREFIX`: one object, `PREFIX/<application>/<group>/<deployment>/<instance>/<event>.log`, at most 1 MiB; a later run of the event replaces it"),
            new KindKey("logs", ValueShape.Text, "a log group, which must be there; its stream `<application>/<group>/<deployment>/<instance>/<event>` is made; at most 1 MiB"),
            new KindKey("sns", ValueShape.Text, "the ARN of a topic, which gets the digest alone"),
        ],
        GivesEnvironment = true,
        Read = Read,
    };

    public override string Subject => Target.Name.ToString();

    public override string Describe() => $"send {(Target.Kind == ReportTarget.Topic ? "the digest" : "digest and logs")} to {Target}, within 20s; a failure is a warning";

    public override StepOutcome Run(StepRun run)
    {
        if (run.IsRecorded(Kind.Name))
        {
            run.Say($"recorded: {Describe()}");
            return new StepOutcome.Succeeded("recorded");
        }

        var end = Deadline.After(Longest, "20s for a report").Sooner(run.Deadline);
        switch (new ReportSender(run, Target, end).Send(run.SoFar))
        {
            case null:
                return new StepOutcome.Succeeded("sent");
            case StepOutcome.Stopped stopped:
                return stopped;
            case var unsent:
                run.Warn($"the report was not sent: {OutcomeText.Reason(unsent)}{((unsent as StepOutcome.Failed)?.Hint is { } hint ? $" ({hint})" : "")}");
                return new StepOutcome.Skipped("it could not be sent");
        }
    }

    private static ReportAction? Read(StepFields fields)
    {
        if (ReportTarget.Kinds.Where(fields.Has).ToList() is not [var kind])
        {
            fields.Diagnostics.Error(fields.Location, "`report` needs one of `s3`, `logs` and `sns`", "make a step of each");
            return null;
        }

        var target = new ReportTarget(kind, fields.RequiredText(kind));
        if (target.Name.IsComplete && ReportRules.Mistake(target) is { } expected)
        {
            fields.Error(kind, $"`{kind}` is `{target.Name}`; expected {expected}");
            return null;
        }

        return new ReportAction(target);
    }
}
