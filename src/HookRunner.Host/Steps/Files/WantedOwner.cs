using HookRunner.Core.Steps;
using HookRunner.Core.Values;

namespace HookRunner.Host.Steps.Files;

/// <summary>Who shall own what a step makes.</summary>
/// <param name="IsWritten">By `owner:`: then it holds for what was there already, too. Else it is the one of `defaults.user`.</param>
internal sealed record WantedOwner(uint User, uint Group, bool IsWritten)
{
    /// <summary>Null owner: nothing says who, or a simulation cannot give it away; what is made belongs to hookrunner's user.</summary>
    public static StepOutcome.Failed? Find(StepRun run, OwnerName? written, out WantedOwner? owner)
    {
        owner = null;
        var name = written ?? (run.Step.Program.User is { } user ? new OwnerName(user) : null);
        if (name is null)
        {
            return null;
        }

        if (run.FindOwner(name, out var failure) is not { } ids)
        {
            return failure;
        }

        owner = new WantedOwner(ids.User, ids.Group, written is not null);
        return null;
    }
}
