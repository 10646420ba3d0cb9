using System.Globalization;
using HookRunner.Host.Os;

namespace HookRunner.Host.Steps.Aws;

/// <summary>Why the instance metadata service cannot be asked, in words, each cause with its own remedy.</summary>
internal static class MetadataTrouble
{
    private const int Forbidden = 403;

    /// <summary>Of the request for a token, which tells the causes apart.</summary>
    public static MetadataReply.Trouble OfToken(MetadataAnswer answer) => answer switch
    {
        { IsReached: false } => new(
            $"there is no instance metadata service at {answer.Endpoint}{Why(answer)}",
            "on EC2 it may be switched off (launch template: MetadataOptions, HttpEndpoint: enabled); elsewhere say the value with `vars:` or in an `env_file`"),
        { Reply: null } => new(
            $"the instance metadata service at {answer.Endpoint} is there, but its token does not arrive (tried {Times(answer)})",
            "in a container the hop limit of 1 is too small (launch template: MetadataOptions, HttpPutResponseHopLimit: 2)"),
        { Reply.Status: Forbidden } => new(
            "the instance metadata service is switched off (it answers 403)",
            "launch template: MetadataOptions, HttpEndpoint: enabled; now: `aws ec2 modify-instance-metadata-options --http-endpoint enabled --instance-id ...`"),
        { IsWorthAnother: true } => Of(answer, "a token"),
        { Reply.Status: 200 } => new($"what {answer.Endpoint} gives is no token of an instance metadata service", Elsewhere),
        _ => new($"{answer.Endpoint} gives no token, as the instance metadata service of EC2 would: {answer.Reply.StatusLine}", Elsewhere),
    };

    /// <summary>Of a request with a token.</summary>
    public static MetadataReply.Trouble Of(MetadataAnswer answer, string what) => new(
        $"the instance metadata service does not give {what}: {answer.Reply?.StatusLine ?? "no answer in time"} (tried {Times(answer)})",
        "the service is busy or the host is: deploy again, or say the value with `vars:`");

    private const string Elsewhere = "does AWS_EC2_METADATA_SERVICE_ENDPOINT name something else?";

    private static string Why(MetadataAnswer answer) => answer.Error switch
    {
        null or { Number: Errno.ETIMEDOUT or Errno.ECANCELED } => $": no answer in 1 s (tried {Times(answer)})",
        { Number: Errno.ENOENT } => ": no host has this name",
        { Number: var number } => $": {Errno.Describe(number)}",
    };

    private static string Times(MetadataAnswer answer) =>
        answer.Tries == 1 ? "once" : string.Create(CultureInfo.InvariantCulture, $"{answer.Tries} times");
}
