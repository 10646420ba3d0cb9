using HookRunner.Host.Processes;

namespace HookRunner.Host.Steps.Aws;

/// <summary>What the AWS CLI says of a call that failed: both versions use the same words.</summary>
/// <param name="Code">Of the service, such as `AccessDeniedException`; else a word of ours.</param>
/// <param name="Message">The service's, or the CLI's whole line.</param>
internal sealed record AwsError(string Code, string Message)
{
    public const string NoCredentials = "no credentials", Unreachable = "unreachable", NoRegion = "no region", Unknown = "unknown";

    /// <summary>The service is there and has too much to do, or did not answer this once.</summary>
    private static readonly string[] Passing =
    [
        "Throttling", "ThrottlingException", "ThrottledException", "RequestThrottled", "RequestThrottledException", "TooManyRequestsException",
        "RequestLimitExceeded", "ProvisionedThroughputExceededException", "SlowDown", "BandwidthLimitExceeded", "LimitExceededException",
        "PriorRequestNotComplete", "TransactionInProgressException", "InternalServerError", "InternalFailure", "InternalError", "InternalServiceError",
        "InternalServiceErrorException", "ServiceUnavailable", "ServiceUnavailableException", "RequestTimeout", "RequestTimeoutException",
        "429", "500", "502", "503", "504", SlowAnswer,
    ];

    private const string SlowAnswer = "no answer in time";

    private static readonly (string Sign, string Code)[] Signs =
    [
        ("Unable to locate credentials", NoCredentials),
        ("Partial credentials found", NoCredentials),
        ("Error when retrieving credentials", NoCredentials),
        ("Could not connect to the endpoint URL", Unreachable),
        ("Connect timeout on endpoint URL", Unreachable),
        ("Read timeout on endpoint URL", SlowAnswer),
        ("Connection was closed before", SlowAnswer),
        ("You must specify a region", NoRegion),
    ];

    public bool IsPassing => Array.IndexOf(Passing, Code) >= 0;

    /// <summary>`An error occurred (CODE) when calling the NAME operation[ (reached max retries: 2)]: MESSAGE`, or the last line.</summary>
    public static AwsError Of(ProcessReport report)
    {
        const string start = "An error occurred (";
        foreach (var line in report.Tail.Reverse())
        {
            var at = line.IndexOf(start, StringComparison.Ordinal);
            var end = at < 0 ? -1 : line.IndexOf(')', at + start.Length);
            if (end > 0)
            {
                var retries = line.IndexOf(" (reached max retries: ", end, StringComparison.Ordinal);
                var message = line.IndexOf(": ", retries < 0 ? end : line.IndexOf(')', retries), StringComparison.Ordinal);
                return new AwsError(line[(at + start.Length)..end], message < 0 ? "" : line[(message + 2)..]);
            }
        }

        var last = report.Tail.LastOrDefault() ?? "";
        var sign = Array.Find(Signs, sign => report.Tail.Any(line => line.Contains(sign.Sign, StringComparison.Ordinal)));
        return new AwsError(sign.Code ?? Unknown, last);
    }
}
