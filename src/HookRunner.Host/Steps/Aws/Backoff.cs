namespace HookRunner.Host.Steps.Aws;

/// <summary>
/// How long a throttled call waits. Thousands of instances that were told off together must not come back together: each
/// waits a random part of a growing bound.
/// </summary>
internal static class Backoff
{
    private const double First = 2, Longest = 30, Least = 0.2;

    /// <param name="attempt">How many calls there have been, from 1.</param>
    /// <param name="random">From 0 to 1.</param>
    public static TimeSpan Delay(int attempt, double random) =>
        TimeSpan.FromSeconds(Least + (random * Math.Min(Longest, First * Math.Pow(2, Math.Min(attempt, 10) - 1))));
}
