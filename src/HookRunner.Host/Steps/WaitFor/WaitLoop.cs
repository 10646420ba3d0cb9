using HookRunner.Core.Steps;
using HookRunner.Core.Values;
using HookRunner.Host.Os;

namespace HookRunner.Host.Steps.WaitFor;

/// <summary>Looks until the thing is ready or the time is over.</summary>
internal sealed class WaitLoop(StepRun run, Awaited awaited, TimeSpan within, TimeSpan interval)
{
    private static readonly TimeSpan LongestLook = TimeSpan.FromSeconds(5);

    private readonly long _begun = TimeProvider.System.GetTimestamp();

    public StepOutcome Run()
    {
        if (run.IsSimulated && !run.MayReachNetwork && awaited is Awaited.Tcp { IsLoopback: false })
        {
            run.Say($"recorded: wait for {awaited} (`--network` would ask)");
            return new StepOutcome.Succeeded("recorded");
        }

        var end = Deadline.After(within, $"within: {Duration.Format(within)}");
        for (var looks = 1; ; looks++)
        {
            switch (awaited.Look(run, Bound(end)))
            {
                case Sight.Ready:
                    return new StepOutcome.Succeeded(looks == 1 ? "already so" : $"after {Elapsed}");
                case Sight.Hopeless { Outcome: var outcome }:
                    return outcome;
                case Sight.NotYet { IsAbsent: true } absent when IsUnserved:
                    run.Say($"not checked: {awaited}: {absent.Reason}, since the service was only recorded");
                    return new StepOutcome.Succeeded("not checked");
                case Sight.NotYet pending when run.StoppedBy != 0 || interval >= end.Remaining || !run.Pause(interval):
                    return Over(pending);
            }
        }
    }

    private bool IsUnserved => run is { IsSimulated: true, HasRecordedService: true }
        && awaited is Awaited.Tcp or Awaited.Unit or Awaited.Process;

    private TimeSpan Bound(Deadline end) =>
        awaited is not Awaited.Command && end.Remaining > LongestLook ? LongestLook : end.Remaining;

    private string Elapsed => Duration.Format(TimeSpan.FromSeconds(Math.Round(TimeProvider.System.GetElapsedTime(_begun).TotalSeconds, 1)));

    private StepOutcome Over(Sight.NotYet pending) => run.StoppedBy != 0 || run.Deadline.HasPassed
        ? Interruption.Of(run, TimeProvider.System.GetElapsedTime(_begun), [pending.Reason, .. pending.Detail ?? []])
        : new StepOutcome.Failed($"{pending.Reason} (waited {Duration.Format(within)})", Detail: pending.Detail);
}
