using System.Collections.Immutable;
using HookRunner.Core.Steps;
using HookRunner.Host.Os;

namespace HookRunner.Host.Steps.Containers;

/// <summary>Waits until containers are healthy or, where they have no health check, have run for a while.</summary>
/// <param name="run">The step.</param>
/// <param name="engine">Whose containers they are.</param>
/// <param name="within">How long all of it may take.</param>
/// <param name="settle">How long a container without a health check must stay up.</param>
internal sealed class ContainerWatch(StepRun run, ContainerEngine engine, TimeSpan within, TimeSpan settle)
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(200), Longest = TimeSpan.FromSeconds(1);

    /// <summary>podman leaves its health checks to timers of systemd: where that does not run, nobody asks.</summary>
    private readonly bool _asksItself = engine.IsPodman && !Directory.Exists("/run/systemd/system");

    /// <summary>Null once all are as they shall be.</summary>
    public StepOutcome? Wait(params ImmutableArray<WatchedContainer> containers)
    {
        var begun = TimeProvider.System.GetTimestamp();
        var end = Deadline.After(within, "within");
        for (var pause = First; ; pause = pause * 2 < Longest ? pause * 2 : Longest)
        {
            foreach (var container in containers)
            {
                if (Look(container, end.HasPassed, out var isFine) is { } failure)
                {
                    return failure;
                }

                containers = isFine ? containers.Remove(container) : containers;
            }

            if (containers.IsEmpty)
            {
                return null;
            }

            if (!run.Pause(end.Remaining < pause ? end.Remaining + TimeSpan.FromMilliseconds(1) : pause))
            {
                return Interruption.Of(run, TimeProvider.System.GetElapsedTime(begun), engine.Log(containers[0].Id));
            }
        }
    }

    private StepOutcome? Look(WatchedContainer container, bool isLate, out bool isFine)
    {
        isFine = false;
        if (engine.Look(container.Id, out var failure) is not { } state)
        {
            return failure ?? new StepOutcome.Failed($"{container.Shown} has been removed by somebody else");
        }

        isFine = container.IsFine(state, settle);
        if (isFine)
        {
            return null;
        }

        if (_asksItself && state is { IsRunning: true, Health: "starting" })
        {
            _ = engine.Ask("healthcheck", "run", state.Id);
        }

        return container.WhyHopeless(state) is { } reason ? Failed(container, reason, state)
            : isLate ? Failed(container, WatchedContainer.Late(state, within, settle), state)
            : null;
    }

    private StepOutcome.Failed Failed(WatchedContainer container, string reason, ContainerState state)
    {
        var log = engine.Log(state.Id);
        var check = state.HealthOutput.Length == 0 ? [] : state.HealthOutput.Split('\n').TakeLast(3).Select(line => $"health check: {line}");
        return new StepOutcome.Failed($"{container.Shown} {reason}", Detail: [.. log, .. check]);
    }
}
