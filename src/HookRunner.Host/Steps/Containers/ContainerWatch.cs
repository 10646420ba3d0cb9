using HookRunner.Core.Steps;
using HookRunner.Core.Values;
using HookRunner.Host.Os;

namespace HookRunner.Host.Steps.Containers;

/// <summary>Waits until a container is healthy or, where it has no health check, has run for a while.</summary>
/// <param name="run">The step.</param>
/// <param name="engine">Whose container it is.</param>
/// <param name="within">How long all of it may take.</param>
/// <param name="settle">How long a container without a health check must stay up.</param>
internal sealed class ContainerWatch(StepRun run, ContainerEngine engine, TimeSpan within, TimeSpan settle)
{
    /// <summary>The third restart will be followed by a fourth.</summary>
    private const int TooManyRestarts = 3;

    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(200), Longest = TimeSpan.FromSeconds(1);

    /// <summary>podman leaves its health checks to timers of systemd: where that does not run, nobody asks.</summary>
    private readonly bool _asksItself = engine.IsPodman && !Directory.Exists("/run/systemd/system");

    private string _run = "";
    private Deadline _settled;
    private ContainerState? _ended;
    private long _endedAt;

    /// <summary>Null once it is as it shall be.</summary>
    /// <param name="container">Its id or name.</param>
    /// <param name="shown">As messages call it: <c>container `web`</c>.</param>
    /// <param name="mayEnd">An end with 0 is fine: a task that has been done.</param>
    public StepOutcome? Wait(string container, string shown, bool mayEnd = false)
    {
        var begun = TimeProvider.System.GetTimestamp();
        var end = Deadline.After(within, "within");
        for (var pause = First; ; pause = pause * 2 < Longest ? pause * 2 : Longest)
        {
            if (engine.Look(container, out var failure) is not { } state)
            {
                return failure ?? new StepOutcome.Failed($"{shown} has been removed by somebody else");
            }

            if (IsFine(state) || (mayEnd && HasEnded(state) && state.ExitStatus == 0))
            {
                return null;
            }

            if (WhyHopeless(state) is { } reason)
            {
                return Failed(shown, reason, state);
            }

            if (end.HasPassed)
            {
                return Failed(shown, Late(state), state);
            }

            if (!run.Pause(end.Remaining < pause ? end.Remaining + TimeSpan.FromMilliseconds(1) : pause))
            {
                return Interruption.Of(run, TimeProvider.System.GetElapsedTime(begun), engine.Log(container));
            }

            if (_asksItself && state is { IsRunning: true, Health: "starting" })
            {
                _ = engine.Ask("healthcheck", "run", state.Id);
            }
        }
    }

    private bool IsFine(ContainerState state)
    {
        if (!state.IsRunning || state.Health.Length > 0)
        {
            return state is { IsRunning: true, Health: "healthy" };
        }

        if (_run != state.StartedAt)
        {
            (_run, _settled) = (state.StartedAt, Deadline.After(settle, "settle"));
        }

        return _settled.HasPassed;
    }

    private string? WhyHopeless(ContainerState state) => state switch
    {
        { IsRunning: true, Health: "unhealthy" } => "is unhealthy",
        { Restarts: >= TooManyRestarts } => $"does not stay up: {engine.Program} has restarted it {state.Restarts} times{(state.IsRunning ? "" : $", and it {ExitWords(state)}")}",
        _ when HasEnded(state) => ExitWords(state),
        _ => null,
    };

    /// <summary>For good: between two runs podman calls a container stopped, too.</summary>
    private bool HasEnded(ContainerState state)
    {
        if (state.IsRunning || state.IsRestarting)
        {
            _ended = null;
            return false;
        }

        if (state.RestartPolicy is "no" or "")
        {
            return true;
        }

        if (_ended is null || _ended.Restarts != state.Restarts)
        {
            (_ended, _endedAt) = (state, TimeProvider.System.GetTimestamp());
        }

        return TimeProvider.System.GetElapsedTime(_endedAt) > Longest;
    }

    private string Late(ContainerState state) => state switch
    {
        { IsRunning: true, Health: not "" } => $"is not healthy after {Duration.Format(within)} (it is {state.Health})",
        { IsRunning: true } => $"has not been up for {Duration.Format(settle)} after {Duration.Format(within)}",
        _ => $"does not run after {Duration.Format(within)}: it {ExitWords(state)}",
    };

    private StepOutcome.Failed Failed(string shown, string reason, ContainerState state)
    {
        var log = engine.Log(state.Id);
        var check = state.HealthOutput.Length == 0 ? [] : state.HealthOutput.Split('\n').TakeLast(3).Select(line => $"health check: {line}");
        return new StepOutcome.Failed($"{shown} {reason}", Detail: [.. log, .. check]);
    }

    private static string ExitWords(ContainerState state) =>
        $"ended with exit status {state.ExitStatus}{(state.IsOutOfMemory ? " (the kernel ended it for want of memory)" : "")}";
}
