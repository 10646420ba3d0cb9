using System.Collections.Immutable;
using HookRunner.Core.Steps;
using HookRunner.Host.Os;
using HookRunner.Host.Processes;

namespace HookRunner.Host.Steps.Aws;

/// <summary>Calls AWS through its CLI, of version 1 or 2, with the credentials that the CLI finds: on an instance those of its role.</summary>
/// <param name="run">The step's.</param>
/// <param name="end">When all must have ended.</param>
internal sealed class AwsCli(StepRun run, Deadline end)
{
    private static readonly TimeSpan OneCall = TimeSpan.FromMinutes(1);

    /// <summary>What it printed; null where it failed, and that is the step's outcome.</summary>
    public byte[]? Ask(AwsCall call, out StepOutcome? failure)
    {
        if (run.HelperEnvironment(out var unread) is not { } environment)
        {
            failure = unread;
            return null;
        }

        var region = AwsRegion.Find(run, environment, call.Name, out var unknown);
        var output = unknown is null ? Repeat(call, region, environment, out failure, out var error) : Unknown(unknown, out failure, out error);
        if (region is not null || error?.Code != AwsError.NoRegion)
        {
            return output;
        }

        // Its configuration knows none, and version 1 does not ask the instance.
        region = AwsRegion.OfInstance(run, out unknown);
        return unknown is null ? Repeat(call, region, environment, out failure, out _) : Unknown(unknown, out failure, out _);
    }

    private byte[]? Unknown(StepOutcome.Failed unknown, out StepOutcome? failure, out AwsError? error)
    {
        (failure, error) = (run.StoppedBy != 0 ? new StepOutcome.Stopped(run.StoppedBy) : unknown, null);
        return null;
    }

    private byte[]? Repeat(
        AwsCall call, string? region, ImmutableSortedDictionary<string, string> environment, out StepOutcome? failure, out AwsError? error)
    {
        var words = Words(call, region, environment);
        error = null;
        for (var attempt = 1; ; attempt++)
        {
            var report = run.RunHelper(words, environment, end.Remaining < OneCall ? end.Remaining : OneCall, call.Most);
            if (report.End is ProcessEnd.Exited { Status: 0 })
            {
                failure = report.CaptureIsCut ? AwsFailure.TooLarge(call) : null;
                return failure is null ? report.Output : null;
            }

            if (report.End is not ProcessEnd.Exited)
            {
                failure = AwsFailure.OfEnd(run, call, report);
                return null;
            }

            error = AwsError.Of(report);
            if (error.Code == call.Accepts)
            {
                failure = null;
                return [];
            }

            var delay = Backoff.Delay(attempt, Random.Shared.NextDouble());
            if (!error.IsPassing || delay >= end.Remaining)
            {
                failure = AwsFailure.Of(error, call, region, attempt);
                return null;
            }

            run.Say($"{error.Code} for {call.What}; next try in {Core.Values.Duration.Format(TimeSpan.FromMilliseconds(Math.Round(delay.TotalMilliseconds)))}");
            if (!run.Pause(delay))
            {
                failure = run.StoppedBy != 0 ? new StepOutcome.Stopped(run.StoppedBy) : AwsFailure.Of(error, call, region, attempt);
                return null;
            }
        }
    }

    /// <summary>Version 2.9, Debian 12's, knows no variable for other endpoints: so that is said with an option.</summary>
    private static ImmutableArray<string> Words(AwsCall call, string? region, IReadOnlyDictionary<string, string> environment)
    {
        var endpoint = environment.GetValueOrDefault("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS") == "true" ? null
            : environment.GetValueOrDefault(call.EndpointVariable) ?? environment.GetValueOrDefault("AWS_ENDPOINT_URL");
        return
        [
            "aws", call.Service, .. call.Words,
            "--output", "json", "--cli-connect-timeout", "5", "--cli-read-timeout", "20",
            .. (ImmutableArray<string>)(region is null ? [] : ["--region", region]),
            .. (ImmutableArray<string>)(string.IsNullOrEmpty(endpoint) ? [] : ["--endpoint-url", endpoint]),
        ];
    }
}
