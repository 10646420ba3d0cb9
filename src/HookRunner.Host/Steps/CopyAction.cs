using HookRunner.Core.Steps;
using HookRunner.Core.Values;
using HookRunner.Host.Steps.Transfer;

namespace HookRunner.Host.Steps;

/// <summary>`copy: {from, to, ...}`: files of the bundle or the host at another place, untouched where they are there already.</summary>
internal sealed record CopyAction(TransferRequest Request) : HostAction
{
    public static StepKind Kind { get; } = new()
    {
        Name = "copy",
        Summary = "copies a file, or the contents of a directory into another; each file by one rename, one that is right is not touched",
        Keys = TransferRequest.Keys(moves: false),
        Read = fields => TransferRequest.Read(fields, moves: false) is { } request ? new CopyAction(request) : null,
    };

    public override string Subject => $"{Request.From} to {Request.To}";

    /// <summary>What a pattern matches is only known on the host.</summary>
    public override IEnumerable<Template> Sources => Files.Glob.Is(Request.From.ToString()) ? [] : [Request.From];

    public override string Describe() => Request.ToString();

    public override StepOutcome Run(StepRun run) => TransferAct.Do(run, Request);
}
