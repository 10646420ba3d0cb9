using HookRunner.Core.Steps;
using HookRunner.Host.Processes;

namespace HookRunner.Host.Steps.Stopping;

/// <summary>Stops what a target names, and looks whether it stays so.</summary>
internal static class ProcessStop
{
    private static readonly TimeSpan BeforeLookingAgain = TimeSpan.FromMilliseconds(150);

    public static StepOutcome Do(StepRun run, StopTarget target, TimeSpan within)
    {
        if (target.Find(out var found) is { } failed)
        {
            return failed;
        }

        if (found.Count == 0)
        {
            return new StepOutcome.Succeeded($"already stopped{target.Clear()}");
        }

        var units = found.Select(process => ProcessUnit.Of(process.Id)).ToList();
        var stop = new TreeStop(run, found, within);
        return stop.Run() ?? CameBack(run, target, units) ?? new StepOutcome.Succeeded(stop.Note + target.Clear());
    }

    /// <summary>A supervisor (systemd, pm2) starts what it has in its care again.</summary>
    private static StepOutcome? CameBack(StepRun run, StopTarget target, List<string> units)
    {
        if (!target.CanComeBack)
        {
            return null;
        }

        run.Pause(BeforeLookingAgain);
        if (target.Find(out var again) is not null || again.Count == 0)
        {
            return null;
        }

        var process = LiveProcesses.Describe([again[0]])[0];
        var unit = units.Append(ProcessUnit.Of(process.Id)).FirstOrDefault(unit => unit.Length > 0);
        return new StepOutcome.Failed(
            $"it was stopped, and runs again as pid {process.Id} ({process.Command})",
            unit is null ? "something restarts it: stop that" : $"it is in the care of systemd: `service: {{ stop: {unit} }}`");
    }
}
