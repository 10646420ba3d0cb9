using System.Collections.Immutable;

namespace HookRunner.Core.Steps;

/// <summary>How a step's attempts follow each other.</summary>
/// <param name="Attempts">Attempts in all, at least 2.</param>
/// <param name="Delay">Before the second attempt; 1 s by default.</param>
/// <param name="Exponential">Whether the delay doubles each time (`backoff: exponential`).</param>
/// <param name="MaxDelay">The longest delay, where one was written.</param>
/// <param name="Jitter">Whether delays are spread at random.</param>
/// <param name="OnExit">Retried only after these exit statuses; empty: after every failure.</param>
internal sealed record RetryPolicy(
    int Attempts,
    TimeSpan Delay,
    bool Exponential,
    TimeSpan? MaxDelay,
    bool Jitter,
    ImmutableArray<int> OnExit);
