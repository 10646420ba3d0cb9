namespace HookRunner.Host.Steps.Aws;

/// <summary>Where the instance metadata service is, as the AWS SDKs find it.</summary>
internal static class MetadataEndpoint
{
    /// <summary>On every EC2 instance.</summary>
    private const string Usual = "http://169.254.169.254", UsualV6 = "http://[fd00:ec2::254]";

    private const string Disabled = "AWS_EC2_METADATA_DISABLED", Endpoint = "AWS_EC2_METADATA_SERVICE_ENDPOINT", Mode = "AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE";

    /// <summary>The URL without its last slash, or why there is none.</summary>
    public static MetadataReply Find(IReadOnlyDictionary<string, string> environment)
    {
        string Value(string name) => environment.GetValueOrDefault(name, "");
        if (Value(Disabled).Equals("true", StringComparison.OrdinalIgnoreCase))
        {
            return new MetadataReply.Trouble(
                $"instance metadata is not asked: {Disabled} is set where hookrunner was started",
                "take it out of the agent's environment");
        }

        if (Value(Endpoint) is not { Length: > 0 } written)
        {
            return new MetadataReply.Found(Value(Mode).Equals("IPv6", StringComparison.OrdinalIgnoreCase) ? UsualV6 : Usual);
        }

        return Uri.TryCreate(written, UriKind.Absolute, out var url) && url.Scheme == Uri.UriSchemeHttp
            ? new MetadataReply.Found(written.TrimEnd('/'))
            : new MetadataReply.Trouble(
                $"{Endpoint} is `{written}`, where hookrunner was started; expected an http URL",
                $"write it as `{Usual}`, or leave it out");
    }
}
