using System.Globalization;
using HookRunner.Core.Steps;
using HookRunner.Host.Processes;

namespace HookRunner.Host.Steps.Aws;

/// <summary>The outcome of a call that failed: what was asked for, why it was not given, and what to do next.</summary>
internal static class AwsFailure
{
    public static StepOutcome.Failed TooLarge(AwsCall call) => new(
        string.Create(CultureInfo.InvariantCulture, $"{call.What} has more than {call.Most >> 20} MiB"),
        "what is no configuration is fetched by `exec: [aws, s3, cp, ...]`, and best not in a hook at all");

    /// <summary>It could not be started, was stopped or took too long.</summary>
    public static StepOutcome OfEnd(StepRun run, AwsCall call, ProcessReport report) => report.End switch
    {
        ProcessEnd.NotStarted notStarted => new StepOutcome.Failed(
            $"{call.What} needs the AWS CLI: {notStarted.Reason}", "install it in the image (the package `awscli`, or AWS's own), or add its folder with `path:`"),
        ProcessEnd.TimedOut when !run.Deadline.HasPassed => new StepOutcome.Failed(
            $"{call.What}: the AWS CLI did not end in time", "does the instance reach the service: a route, a VPC endpoint, or a proxy?"),
        _ => run.Judge(report, "aws"),
    };

    public static StepOutcome.Failed Of(AwsError error, AwsCall call, string? region, int attempts)
    {
        var where = region is null ? "" : $" in {region}";
        return new StepOutcome.Failed(Reason(error, call, where, attempts), Hint(error, call, region));
    }

    private static string Reason(AwsError error, AwsCall call, string where, int attempts) => error.Code switch
    {
        AwsError.NoCredentials => $"{call.What}: the AWS CLI finds no credentials",
        AwsError.Unreachable => $"{call.What}: {call.Service}{where} cannot be reached",
        AwsError.NoRegion => $"{call.What}: no region is known",
        AwsError.Unknown => $"{call.What}: {(error.Message.Length > 0 ? error.Message : "the AWS CLI failed without a word")}",
        _ when IsAbsent(error.Code) => $"there is no {call.What}{where} ({error.Code})",
        _ when attempts > 1 => string.Create(CultureInfo.InvariantCulture, $"{call.What}{where}: {error.Code}, {attempts} times"),
        _ => $"{call.What}{where}: {error.Code}{(IsDenied(error.Code) ? "" : ": " + error.Message)}",
    };

    private static string? Hint(AwsError error, AwsCall call, string? region) => error.Code switch
    {
        AwsError.NoCredentials => "give the instance a role (launch template: IamInstanceProfile); in a container the hop limit must be 2",
        AwsError.Unreachable => $"is `{region}` a region? does the instance reach it: a route, a VPC endpoint, or a proxy?",
        AwsError.NoRegion => "write it at the step: `env: { AWS_REGION: eu-central-1 }`",
        _ when error.IsPassing => "too many ask at once: raise the service's quota, launch fewer at a time, or bake the value into the image",
        _ when IsAbsent(error.Code) && call.Service == "logs" => $"make it once, with the retention you want: `aws logs create-log-group --log-group-name {call.Name}`",
        _ when IsAbsent(error.Code) => "is the name right, and is it in this region and account?",
        _ when IsDenied(error.Code) => Allow(error.Message, call, region ?? "*"),
        _ when IsStale(error.Code) => "is the clock right (`chronyc tracking`)? do AWS_ACCESS_KEY_ID or AWS_PROFILE name other credentials than the role's?",
        _ when IsElsewhere(error.Code) => "it is in another region: `env: { AWS_REGION: ... }` at the step",
        _ => null,
    };

    /// <summary>The service tells action and resource in most of its refusals: `... is not authorized to perform: ACTION on resource: ARN ...`.</summary>
    private static string Allow(string message, AwsCall call, string region)
    {
        var resource = call.Resource.Replace(AwsCall.Region, region, StringComparison.Ordinal);
        const string perform = "not authorized to perform: ", on = " on resource: ";
        var start = message.IndexOf(perform, StringComparison.Ordinal);
        if (start < 0)
        {
            var key = message.Contains("KMS", StringComparison.Ordinal) ? ", and kms:Decrypt on its key" : "";
            var absent = call.Service == "s3" ? "; S3 says the same of an object that does not exist, unless s3:ListBucket is allowed" : "";
            return $"the instance's role must allow {call.Permission} on {resource}{key}{absent}";
        }

        var words = message[(start + perform.Length)..].Split(on, 2);
        var denied = words.Length == 2 ? words[1].Split(' ')[0].TrimEnd('.') : resource;
        return $"the instance's role must allow {words[0].Split(' ')[0].TrimEnd('.')} on {denied}";
    }

    private static bool IsAbsent(string code) => code is "ParameterNotFound" or "ParameterVersionNotFound" or "ResourceNotFoundException"
        or "NoSuchKey" or "NoSuchBucket" or "404" or "NotFound" or "NotFoundException";

    private static bool IsDenied(string code) => code is "AccessDenied" or "AccessDeniedException" or "403" or "Forbidden" or "AuthorizationError" or "UnauthorizedOperation";

    private static bool IsStale(string code) => code is "ExpiredToken" or "ExpiredTokenException" or "RequestExpired" or "InvalidClientTokenId"
        or "UnrecognizedClientException" or "InvalidSignatureException" or "SignatureDoesNotMatch" or "InvalidAccessKeyId" or "RequestTimeTooSkewed";

    private static bool IsElsewhere(string code) => code is "PermanentRedirect" or "IllegalLocationConstraintException" or "AuthorizationHeaderMalformed" or "301";
}
