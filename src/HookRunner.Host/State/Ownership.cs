using HookRunner.Core.Language;

namespace HookRunner.Host.State;

/// <summary>Whether a deployment may use a link that another deployment group used before. Pure.</summary>
internal abstract record Ownership
{
    /// <summary>After so long without a sign of it, a deployment that never came to its end counts as over.</summary>
    public static readonly TimeSpan UnderWayFor = TimeSpan.FromMinutes(60);

    private Ownership()
    {
    }

    /// <summary>Nobody else's.</summary>
    internal sealed record Free : Ownership;

    /// <summary>Another group's deployment is under way: wait, then exit 5.</summary>
    internal sealed record Wait(LockHolder Owner) : Ownership;

    /// <summary>Another group was here before: go on, and name both.</summary>
    internal sealed record Warn(LockHolder Owner) : Ownership;

    /// <summary>`shared_host: refuse`.</summary>
    internal sealed record Refuse(LockHolder Owner) : Ownership;

    /// <param name="last">What stands in the link's lock file; the lock itself is ours.</param>
    /// <param name="mine">Who asks.</param>
    public static Ownership Of(LockHolder? last, LockHolder mine, SharedHost rule)
    {
        if (last is null || rule == SharedHost.Allow || (last.Application == mine.Application && last.Group == mine.Group))
        {
            return new Free();
        }

        // Images are baked with their state in them: a refusal on its account would be an endless launch loop.
        if (last.BootId != mine.BootId || last.BootId.Length == 0)
        {
            return new Warn(last);
        }

        if (rule == SharedHost.Refuse)
        {
            return new Refuse(last);
        }

        var age = TimeSpan.FromMilliseconds(mine.LastSign - last.LastSign);
        return last.State == HolderState.BetweenEvents && age >= TimeSpan.Zero && age < UnderWayFor ? new Wait(last) : new Warn(last);
    }
}
