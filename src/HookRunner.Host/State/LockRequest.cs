using System.Collections.Immutable;
using HookRunner.Core.Language;

namespace HookRunner.Host.State;

/// <summary>What an event asks of <see cref="HostLock"/>.</summary>
internal sealed record LockRequest
{
    public required StateLayout Layout { get; init; }

    /// <summary>The links this event may switch; absolute paths.</summary>
    public required ImmutableArray<string> Links { get; init; }

    /// <summary>Who asks; its <see cref="LockHolder.LastSign"/> is set anew at each try.</summary>
    public required LockHolder Me { get; init; }

    public SharedHost SharedHost { get; init; } = SharedHost.Warn;

    /// <summary>How long to wait at most; zero: one try.</summary>
    public required TimeSpan Within { get; init; }

    /// <summary>Told once, and again each half minute, who is waited for.</summary>
    public required Action<string> Say { get; init; }

    public CancellationToken Stopping { get; init; }
}
