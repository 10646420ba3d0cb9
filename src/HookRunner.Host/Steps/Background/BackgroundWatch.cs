using HookRunner.Core.Steps;
using HookRunner.Core.Values;
using HookRunner.Host.Processes;

namespace HookRunner.Host.Steps.Background;

/// <summary>Looks after what was started until it has lived long enough, and listens where it shall.</summary>
internal sealed class BackgroundWatch(StepRun run, BackgroundWish wish, string mark, BackgroundProcess process)
{
    /// <summary>How long a port may take, where no `timeout` says so.</summary>
    public static readonly TimeSpan PortWithin = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(10), LongestPause = TimeSpan.FromMilliseconds(100);

    /// <summary>By then it is the program and not its launcher, even where its environment cannot be read.</summary>
    private static readonly TimeSpan LaunchedAfter = TimeSpan.FromSeconds(2);

    private readonly long _begun = TimeProvider.System.GetTimestamp();

    /// <summary>Null once it counts as started.</summary>
    public StepOutcome? Wait()
    {
        TimeSpan? launched = null;
        for (var pause = ShortestPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            if (process.End() is { } end)
            {
                return Ended(end);
            }

            launched ??= ProcessEnvironment.BackgroundOf(process.Id) == mark || Elapsed > LaunchedAfter ? Elapsed : null;
            if (launched is { } since && Elapsed - since >= wish.AliveFor && Listens)
            {
                return null;
            }

            if (wish.Port is { } port && run.Step.Timeout is null && Elapsed > PortWithin)
            {
                return new StepOutcome.Failed(
                    $"it lives, but does not listen on port {port} after {Duration.Format(PortWithin)}; it was stopped",
                    "`timeout:` gives it more time", Detail: process.Tail());
            }

            if (!run.Pause(pause))
            {
                return Interruption.Of(run, Elapsed, process.Tail());
            }
        }
    }

    private TimeSpan Elapsed => TimeProvider.System.GetElapsedTime(_begun);

    private bool Listens => wish.Port is not { } port
        || ListeningSockets.HoldersOf(ListeningSockets.On(port)).Exists(holder => BackgroundMembers.Include(holder, process.Id, wish.Name));

    private StepOutcome Ended(ProcessEnd end)
    {
        var after = $"{Elapsed.TotalSeconds.ToString("0.0", System.Globalization.CultureInfo.InvariantCulture)}s after its start";
        var tail = process.Tail();
        if (end is ProcessEnd.Exited { Status: 0 })
        {
            return new StepOutcome.Failed(
                $"ended with exit status 0, {after}; `background` wants a program that stays in the foreground",
                "leave out the option that makes it a daemon, or start it by `run:`", 0, tail);
        }

        var judged = run.Judge(new ProcessReport(end, Elapsed, "", tail, [], []), wish.Command.ToString());
        return judged is StepOutcome.Failed failed ? failed with { Reason = $"{failed.Reason}, {after}", Detail = tail } : judged;
    }
}
