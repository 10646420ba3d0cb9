using System.Collections.Immutable;
using HookRunner.Host.Os;

namespace HookRunner.Host.State;

/// <summary>What came of asking for the locks. A closed set.</summary>
internal abstract record LockOutcome
{
    private LockOutcome()
    {
    }

    /// <summary>All are ours until <see cref="HeldLocks.End"/>, or until this process ends.</summary>
    /// <param name="Sharing">Other groups that used these links before: each is worth a warning.</param>
    internal sealed record Held(HeldLocks Locks, ImmutableArray<LockHolder> Sharing) : LockOutcome;

    /// <summary>Another has one of them, or its deployment is under way there; waiting did not help. Nothing was done.</summary>
    /// <param name="What">`application Shop` or `link /opt/app`.</param>
    /// <param name="Holder">Null where its name could not be read.</param>
    internal sealed record Busy(string What, LockHolder? Holder, TimeSpan Waited) : LockOutcome
    {
        public override string ToString() => $"{What} is in use by {Holder?.ToString() ?? "another run"}";
    }

    /// <summary>`shared_host: refuse`, and another group has deployed to the link.</summary>
    internal sealed record Refused(string What, LockHolder Owner) : LockOutcome
    {
        public override string ToString() => $"{What} belongs to {Owner.Application}/{Owner.Group} (`shared_host: refuse`)";
    }

    /// <summary>hookrunner was told to stop while it waited.</summary>
    internal sealed record Stopped : LockOutcome;

    /// <summary>The lock files cannot be used.</summary>
    internal sealed record Failed(PosixError Error) : LockOutcome;
}
