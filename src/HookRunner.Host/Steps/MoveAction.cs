using HookRunner.Core.Steps;
using HookRunner.Host.Steps.Transfer;

namespace HookRunner.Host.Steps;

/// <summary>`move: {from, to, ...}`: files of the host that are at another place afterwards, and nowhere else.</summary>
internal sealed record MoveAction(TransferRequest Request) : HostAction
{
    public static StepKind Kind { get; } = new()
    {
        Name = "move",
        Summary = "moves a file, or the contents of a directory into another, by rename; across file systems by a copy that is flushed before the original goes",
        Keys = TransferRequest.Keys(moves: true),
        Read = fields => TransferRequest.Read(fields, moves: true) is { } request ? new MoveAction(request) : null,
    };

    public override string Subject => $"{Request.From} to {Request.To}";

    public override string Describe() => Request.ToString();

    public override StepOutcome Run(StepRun run) => TransferAct.Do(run, Request);
}
