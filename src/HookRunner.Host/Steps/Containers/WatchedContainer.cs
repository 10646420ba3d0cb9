using HookRunner.Core.Values;
using HookRunner.Host.Os;

namespace HookRunner.Host.Steps.Containers;

/// <summary>A container that is waited for, and what was seen of it so far.</summary>
/// <param name="id">Its id or name.</param>
/// <param name="shown">As messages call it: <c>container `web`</c>.</param>
/// <param name="mayEnd">An end with 0 is fine: a task that has been done.</param>
internal sealed class WatchedContainer(string id, string shown, bool mayEnd = false)
{
    /// <summary>The third restart will be followed by a fourth.</summary>
    private const int TooManyRestarts = 3;

    /// <summary>Between two runs podman calls a container stopped, too.</summary>
    private static readonly TimeSpan BetweenRuns = TimeSpan.FromSeconds(1);

    private string _run = "";
    private Deadline _settled;
    private int _restarts = -1;
    private long _endedAt;

    public string Id => id;

    public string Shown => shown;

    /// <summary>It is healthy or, without a health check, has been up for <paramref name="settle"/>; or it has done its work.</summary>
    public bool IsFine(ContainerState state, TimeSpan settle)
    {
        if (!state.IsRunning || state.Health.Length > 0)
        {
            return state is { IsRunning: true, Health: "healthy" } || (mayEnd && state.ExitStatus == 0 && HasEnded(state));
        }

        if (_run != state.StartedAt)
        {
            (_run, _settled) = (state.StartedAt, Deadline.After(settle, "settle"));
        }

        return _settled.HasPassed;
    }

    /// <summary>Why waiting longer is of no use; null where it may be.</summary>
    public string? WhyHopeless(ContainerState state) => state switch
    {
        { IsRunning: true, Health: "unhealthy" } => "is unhealthy",
        { Restarts: >= TooManyRestarts } => $"does not stay up: it was restarted {state.Restarts} times{(state.IsRunning ? "" : $", and {ExitWords(state)}")}",
        _ when HasEnded(state) => ExitWords(state),
        _ => null,
    };

    /// <summary>What it lacks when the time is over.</summary>
    public static string Late(ContainerState state, TimeSpan within, TimeSpan settle) => state switch
    {
        { IsRunning: true, Health: not "" } => $"is not healthy after {Duration.Format(within)} (it is {state.Health})",
        { IsRunning: true } => $"has not been up for {Duration.Format(settle)} after {Duration.Format(within)}",
        _ => $"does not run after {Duration.Format(within)}: it {ExitWords(state)}",
    };

    public static string ExitWords(ContainerState state) =>
        $"ended with exit status {state.ExitStatus}{(state.IsOutOfMemory ? " (the kernel ended it for want of memory)" : "")}";

    /// <summary>For good.</summary>
    private bool HasEnded(ContainerState state)
    {
        if (state.IsRunning || state.IsRestarting)
        {
            _restarts = -1;
            return false;
        }

        if (_restarts != state.Restarts)
        {
            (_restarts, _endedAt) = (state.Restarts, TimeProvider.System.GetTimestamp());
        }

        return state.RestartPolicy is "no" or "" || TimeProvider.System.GetElapsedTime(_endedAt) > BetweenRuns;
    }
}
