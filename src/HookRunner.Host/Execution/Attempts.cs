using HookRunner.Core.Steps;
using HookRunner.Host.Os;
using Polly;
using Polly.Retry;

namespace HookRunner.Host.Execution;

/// <summary>Repeats attempts by a step's `retry`, within the event's time.</summary>
internal sealed class Attempts(RetryPolicy policy, Deadline deadline, Action<int, StepOutcome, TimeSpan> onFailed)
{
    public StepOutcome Run(Func<StepOutcome> attempt, Func<int> stoppedBy, CancellationToken stopping)
    {
        var pipeline = new ResiliencePipelineBuilder<StepOutcome>().AddRetry(Options()).Build();
        try
        {
            return pipeline.Execute(_ => attempt(), stopping);
        }
        catch (OperationCanceledException)
        {
            return new StepOutcome.Stopped(stoppedBy());
        }
    }

    private RetryStrategyOptions<StepOutcome> Options()
    {
        var options = new RetryStrategyOptions<StepOutcome>
        {
            MaxRetryAttempts = policy.Attempts - 1,
            Delay = policy.Delay,
            BackoffType = policy.Exponential ? DelayBackoffType.Exponential : DelayBackoffType.Constant,
            UseJitter = policy.Jitter,
            ShouldHandle = arguments => ValueTask.FromResult(IsWorthAnother(arguments.Outcome.Result)),
            OnRetry = arguments =>
            {
                onFailed(arguments.AttemptNumber + 1, arguments.Outcome.Result!, arguments.RetryDelay);
                return default;
            },
        };
        options.MaxDelay = policy.MaxDelay ?? options.MaxDelay;
        return options;
    }

    /// <summary>No further attempt where the event's time is used up, or would be before the attempt could start.</summary>
    private bool IsWorthAnother(StepOutcome? outcome) => deadline.Remaining > policy.Delay && outcome switch
    {
        StepOutcome.Failed failed => policy.OnExit.Length == 0 || (failed.Exit is { } exit && policy.OnExit.Contains(exit)),
        StepOutcome.TimedOut => policy.OnExit.Length == 0,
        _ => false,
    };
}
