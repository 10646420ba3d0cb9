using System.Collections.Immutable;

namespace HookRunner.Host.Steps.Aws;

/// <summary>The environment of the AWS CLI: what the step gives it, and what makes both of its versions behave alike.</summary>
internal static class AwsEnvironment
{
    /// <summary>Where credentials and services are. None holds a secret; the agent's own keys stay with the agent.</summary>
    private static readonly string[] PassedOn =
    [
        "AWS_PROFILE", "AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE", "AWS_CA_BUNDLE", "AWS_ENDPOINT_URL",
        "AWS_EC2_METADATA_DISABLED", "AWS_EC2_METADATA_SERVICE_ENDPOINT", "AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE",
    ];

    /// <summary>Its own retries are few, since ours go on. Unset, it would ask for credentials once, and give up after a second.</summary>
    private static readonly (string Name, string Value)[] Usual =
    [
        ("AWS_RETRY_MODE", "standard"), ("AWS_MAX_ATTEMPTS", "3"),
        ("AWS_METADATA_SERVICE_TIMEOUT", "2"), ("AWS_METADATA_SERVICE_NUM_ATTEMPTS", "3"),
    ];

    /// <summary>No pager, no question, texts in UTF-8.</summary>
    private static readonly (string Name, string Value)[] Always =
    [
        ("AWS_PAGER", ""), ("AWS_CLI_AUTO_PROMPT", "off"), ("LC_ALL", "C.UTF-8"), ("PYTHONUTF8", "1"),
    ];

    private const string MetadataEndpoint = "AWS_EC2_METADATA_SERVICE_ENDPOINT", MetadataHosts = "169.254.169.254,fd00:ec2::254";

    /// <param name="step">What a helper of the step sees.</param>
    /// <param name="inherited">hookrunner's own environment.</param>
    public static ImmutableSortedDictionary<string, string> Of(
        ImmutableSortedDictionary<string, string> step,
        IReadOnlyDictionary<string, string> inherited)
    {
        var result = step.ToBuilder();
        result.RemoveRange(step.Keys.Where(IsOfTheApplication));
        foreach (var name in PassedOn)
        {
            if (inherited.TryGetValue(name, out var value))
            {
                result.TryAdd(name, value);
            }
        }

        Array.ForEach(Usual, item => result.TryAdd(item.Name, item.Value));
        Array.ForEach(Always, item => result[item.Name] = item.Value);
        if (result.TryGetValue(MetadataEndpoint, out var endpoint) && endpoint.Length > 0)
        {
            // Version 2 up to 2.9 takes it with a slash at its end only.
            result[MetadataEndpoint] = endpoint.TrimEnd('/') + "/";
        }

        KeepMetadataFromProxies(result);
        return result.ToImmutable();
    }

    /// <summary>The CLI is a Python program with libraries of its own: the application's would break it.</summary>
    private static bool IsOfTheApplication(string name) =>
        name.StartsWith("PYTHON", StringComparison.Ordinal) || name.StartsWith("LD_", StringComparison.Ordinal);

    /// <summary>The CLI would ask a proxy for the instance's credentials.</summary>
    private static void KeepMetadataFromProxies(ImmutableSortedDictionary<string, string>.Builder environment)
    {
        foreach (var name in (string[])["no_proxy", "NO_PROXY"])
        {
            if (environment.ContainsKey("http_proxy") || environment.ContainsKey("HTTP_PROXY"))
            {
                environment[name] = environment.TryGetValue(name, out var hosts) && hosts.Length > 0 ? $"{hosts},{MetadataHosts}" : MetadataHosts;
            }
        }
    }
}
