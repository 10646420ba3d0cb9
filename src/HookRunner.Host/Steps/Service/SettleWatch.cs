using System.Collections.Immutable;
using HookRunner.Core.Steps;
using HookRunner.Core.Values;
using HookRunner.Host.Os;

namespace HookRunner.Host.Steps.Service;

/// <summary>
/// Waits until units are active and stay so. A unit that fails and is started again by systemd has time to come up
/// until the bound; one that has failed for good ends the wait at once.
/// </summary>
internal sealed class SettleWatch(StepRun run, ServiceRequest request, Systemctl systemctl)
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(100), Longest = TimeSpan.FromMilliseconds(500);

    private readonly Dictionary<string, (string Run, Deadline Until)> _active = [];

    /// <summary>Null once all are active and settled.</summary>
    public StepOutcome? Wait(ImmutableArray<string> units)
    {
        var begun = TimeProvider.System.GetTimestamp();
        var end = Deadline.After(request.Within + request.Settle, "within");
        for (var pause = First; ; pause = pause * 2 < Longest ? pause * 2 : Longest)
        {
            if (systemctl.Show(units, out var failure) is not { } states)
            {
                return failure;
            }

            if (states.FirstOrDefault(HasFailed) is { } failed)
            {
                return Failed(failed, failed.IsOneshot ? "failed" : "failed to stay active");
            }

            if (states.All(IsSettled))
            {
                return null;
            }

            if (end.HasPassed)
            {
                return Late(states.First(state => !IsSettled(state)));
            }

            if (!run.Pause(Shorter(pause, states)))
            {
                return Interruption.Of(run, TimeProvider.System.GetElapsedTime(begun));
            }
        }
    }

    private static bool HasFailed(UnitState state) => state.ActiveState == "failed"
        || (state is { IsOneshot: true, ActiveState: "inactive" } && state.Result is not ("success" or ""));

    /// <summary>Not past the moment at which all will have settled.</summary>
    private TimeSpan Shorter(TimeSpan pause, ImmutableArray<UnitState> states)
    {
        if (!states.All(state => _active.ContainsKey(state.Name)))
        {
            return pause;
        }

        var rest = states.Max(state => _active[state.Name].Until.Remaining) + TimeSpan.FromMilliseconds(1);
        return rest < pause ? rest : pause;
    }

    private bool IsSettled(UnitState state)
    {
        if (state is { IsOneshot: true, ActiveState: "active" or "inactive" } || (!state.HasProcess && state.IsActive))
        {
            _active[state.Name] = (state.Run, default);
            return true;
        }

        if (!state.IsActive)
        {
            _active.Remove(state.Name);
            return false;
        }

        if (!_active.TryGetValue(state.Name, out var known) || known.Run != state.Run)
        {
            known = (state.Run, Deadline.After(request.Settle, "settle"));
            _active[state.Name] = known;
        }

        return known.Until.HasPassed;
    }

    private StepOutcome.Failed Late(UnitState state) => Failed(state, state.Restarts > 0
        ? $"did not stay active for {Duration.Format(request.Settle)}: systemd restarted it {state.Restarts} times"
        : $"is not active after {Duration.Format(request.Within)}");

    private StepOutcome.Failed Failed(UnitState state, string what) => UnitFailure.Of(state, what, systemctl.Journal(state.Name));
}
