using System.Diagnostics;
using HookRunner.Core.Steps;
using HookRunner.Core.Values;
using HookRunner.Host.Releases;
using HookRunner.Host.State;

namespace HookRunner.Host.Steps;

/// <summary>`link: {path, to, adopt}`: points a link elsewhere, at one instant and durably.</summary>
internal sealed record LinkAction(Template Path, Template To, bool Adopt) : HostAction
{
    public static StepKind Kind { get; } = new()
    {
        Name = "link",
        Summary = "points a link elsewhere by one rename, flushed to disk: a reader sees the old or the new target, never nothing",
        Keys =
        [
            new KindKey("path", ValueShape.Path, "the link", Required: true),
            new KindKey("to", ValueShape.Path, "what it points to, which must exist; a relative path starts beside the link", Required: true),
            new KindKey(
                "adopt", ValueShape.Flag,
                "a real directory in the way gives way in the same instant and is kept as `<path>-releases/base`", "false"),
        ],
        Read = Read,
    };

    public override string Subject => Path.ToString();

    public override IEnumerable<Template> Links => [Path];

    public override string Describe() =>
        $"point {Path} to {To}, atomically{(Adopt ? "; a real directory there is kept as a release" : "")}";

    public override StepOutcome Run(StepRun run)
    {
        if (To.Text.StartsWith(run.Plan.Deployment.Bundle + "/", StringComparison.Ordinal))
        {
            run.Say($"warning: {To} is inside the bundle, which the agent deletes after some deployments; "
                + "`files:` or `release:` puts it elsewhere");
        }

        var releases = run.Plan.Release is { } release && release.Link == Path.Text ? release.Releases : $"{Path.Text}-releases";
        var request = new LinkSwitch { Path = Path.Text, Target = To.Text, AdoptInto = Adopt ? releases : null };
        var result = AtomicLink.Switch(request);
        if (result is LinkSwitchResult.Switched switched)
        {
            // That the journal cannot be written was said when the event began.
            run.Releases.Record(new JournalRecord.LinkSwitched(Path.Text, To.Text, switched.Before) { Deployment = run.Plan.Deployment.Deployment });
        }

        return result switch
        {
            LinkSwitchResult.AlreadySo => new StepOutcome.Succeeded("already so"),
            LinkSwitchResult.Switched { Before: null } => new StepOutcome.Succeeded("new"),
            LinkSwitchResult.Switched { Before: var before } => new StepOutcome.Succeeded($"was {before}"),
            LinkSwitchResult.Adopted { KeptAs: var kept } => new StepOutcome.Succeeded($"the directory there is kept as {kept}"),
            LinkSwitchResult.Refused refused => new StepOutcome.Failed(refused.Reason, refused.Hint),
            var other => throw new UnreachableException($"unhandled {other}"),
        };
    }

    private static LinkAction? Read(StepFields fields)
    {
        var path = fields.Destination("path");
        var to = fields.Source("to");
        var adopt = fields.Flag("adopt") ?? false;
        if (path is null || to is null)
        {
            return null;
        }

        if (path is { IsComplete: true, Text: "/" })
        {
            fields.Error("path", "`path` is `/`; expected the place of a link");
            return null;
        }

        return new LinkAction(path, PathRules.Trimmed(to), adopt);
    }
}
