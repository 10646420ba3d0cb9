using System.Diagnostics;
using HookRunner.Core.Steps;
using HookRunner.Core.Values;
using HookRunner.Host.Releases;

namespace HookRunner.Host.Steps;

/// <summary>`release: stage|activate|rollback`: a word only; the rest is the top-level `release:`.</summary>
/// <param name="Link">`release.link`, for the plan's words.</param>
internal sealed record ReleaseAction(string Verb, string Link) : HostAction
{
    private static readonly string[] Verbs = ["stage", "activate", "rollback"];

    public static StepKind Kind { get; } = new()
    {
        Name = "release",
        Summary = "stages, activates or rolls back this deployment's release, as the top-level `release:` says",
        Keys =
        [
            new KindKey("verb", ValueShape.Text, "`stage` what Install put down, `activate` it by one rename of the link, or `rollback`", Required: true)
            {
                Words = [.. Verbs],
                Remedy = "write `release: stage`; where things lie stands in the top-level `release:`",
            },
        ],
        Shorthand = "verb",
        ShorthandOnly = true,
        Read = Read,
    };

    public override string Subject => Verb;

    public override string Describe() => Verb switch
    {
        "stage" => "make a release of what was put down for it, under the deployment's name",
        "activate" => $"point {Link} to this deployment's release, atomically, and prune old ones",
        _ => $"point {Link} back to what it held before this deployment, if it points to this deployment's release",
    };

    public override StepOutcome Run(StepRun run)
    {
        if (run.Plan.Release is not { } settings)
        {
            return new StepOutcome.Failed("there is no `release:` block");
        }

        var work = new ReleaseWork
        {
            Releases = run.Releases,
            Settings = settings,
            Say = run.Say,
            FindOwner = run.FindOwner,
            Deadline = run.Deadline,
            Stopping = run.Stopping,
            StoppedBy = () => run.StoppedBy,
        };
        return Verb switch
        {
            "stage" => new ReleaseStaging(work).Run(),
            "activate" => new ReleaseActivation(work).Run(),
            "rollback" => new ReleaseRollback(work).Run(),
            _ => throw new UnreachableException(Verb),
        };
    }

    private static ReleaseAction? Read(StepFields fields)
    {
        if (fields.Word("verb", Verbs) is not { } verb)
        {
            return null;
        }

        switch (fields.Scope.Find("link"))
        {
            case VariableValue.Undefined undefined:
                fields.Error("verb", $"`release: {verb}` needs a `release:` block, and there is none", undefined.Remedy);
                return null;
            case VariableValue.Known known:
                return new ReleaseAction(verb, known.Text);
            default:
                return new ReleaseAction(verb, Template.Placeholder);
        }
    }
}
