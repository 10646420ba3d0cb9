using HookRunner.Core.Steps;
using HookRunner.Core.Values;
using HookRunner.Host.Os;
using static HookRunner.Host.Steps.Http.HttpTry;

namespace HookRunner.Host.Steps.Http;

/// <summary>Asks until the answer is right often enough in a row, or the time is over.</summary>
internal sealed class HttpProbe(StepRun run, HttpCall call, HttpExpectation expectation, HttpPace pace)
{
    /// <summary>A port that refuses costs nothing to ask, and a server that comes up should be noticed at once.</summary>
    private static readonly TimeSpan AfterRefusal = TimeSpan.FromMilliseconds(100), Usual = TimeSpan.FromSeconds(1);

    private readonly long _begun = TimeProvider.System.GetTimestamp();
    private int _tries;
    private HttpTry? _last;

    public StepOutcome Run()
    {
        if (run.IsSimulated && !call.IsLoopback && !run.MayReachNetwork)
        {
            run.Say($"recorded: {call.Method} {call.Url} (`--network` would ask)");
            return new StepOutcome.Succeeded("recorded");
        }

        var end = Deadline.After(pace.Within, $"within: {Duration.Format(pace.Within)}");
        var inARow = 0;
        while (true)
        {
            var answer = Try(end);
            var (wrong, hint, refused) = Judge(answer);
            if (run.StoppedBy != 0)
            {
                return new StepOutcome.Stopped(run.StoppedBy);
            }

            inARow = wrong is null ? inARow + 1 : 0;
            if (inARow == pace.Times)
            {
                return new StepOutcome.Succeeded(Note((Answered)answer));
            }

            if (refused && IsUnserved)
            {
                run.Say($"not checked: {call.Method} {call.Url}: nothing listens there, since the service was only recorded");
                return new StepOutcome.Succeeded("not checked");
            }

            if (answer is NoAnswer { IsHopeless: true } || (wrong is not null && IsUnserved) || !Rest(end, refused))
            {
                return Over(answer, wrong, hint);
            }
        }
    }

    /// <summary>Under `simulate`, after a service that was only recorded: one try tells all there is.</summary>
    private bool IsUnserved => run is { IsSimulated: true, HasRecordedService: true };

    /// <summary>A last try that is cut short by the end of the time says less than the answer before it.</summary>
    private HttpTry Try(Deadline end)
    {
        _tries++;
        var bound = Shortest(pace.TryTimeout, end.Remaining, run.Deadline.Remaining);
        var patience = Patience.For(bound, run.Stopping);
        var answer = new HttpExchange(run, patience).Send(call, pace.Follows);
        _last = bound < pace.TryTimeout && patience.IsOver && _last is not null ? _last : answer;
        return _last;
    }

    private (string? Wrong, string? Hint, bool IsRefused) Judge(HttpTry answer) => answer switch
    {
        Answered { Reply: { Status: >= 300 and < 400 } reply } => (expectation.WhyNot(reply), "`follow: true` goes where it sends", false),
        Answered { Reply: var reply } => (expectation.WhyNot(reply), null, false),
        NoAnswer none => (none.Reason, none.Hint, none.IsRefused),
        _ => throw new System.Diagnostics.UnreachableException($"unhandled {answer}"),
    };

    /// <summary>False where the time is over before the next try.</summary>
    private bool Rest(Deadline end, bool refused)
    {
        var pause = pace.Interval ?? (refused && call.IsLoopback ? AfterRefusal : Usual);
        return pause < end.Remaining && run.Pause(pause);
    }

    private StepOutcome Over(HttpTry answer, string? wrong, string? hint)
    {
        var detail = answer is Answered { Reply: var reply } ? reply.Shown() : [];
        var tries = _tries == 1 ? "1 try" : $"{_tries} tries";
        var elapsed = TimeProvider.System.GetElapsedTime(_begun);
        if (run.StoppedBy != 0 || run.Deadline.HasPassed)
        {
            return Interruption.Of(run, elapsed, [$"last answer of {tries}: {wrong}", .. detail]);
        }

        return wrong is null
            ? new StepOutcome.Failed($"{call.Url} was right, but not {pace.Times} times in a row ({tries})", null, Detail: detail)
            : new StepOutcome.Failed($"{call.Url}: {wrong} ({tries} in {Duration.Format(pace.Within)})", hint, Detail: detail);
    }

    private string Note(Answered answer) => _tries == pace.Times
        ? $"{answer.Reply.Status}"
        : $"{answer.Reply.Status} at try {_tries}";

    private static TimeSpan Shortest(params ReadOnlySpan<TimeSpan> spans)
    {
        var shortest = spans[0];
        foreach (var span in spans)
        {
            shortest = span < shortest ? span : shortest;
        }

        return shortest;
    }
}
