using System.Collections.Immutable;

namespace HookRunner.Host.Steps.Aws;

/// <summary>One call of the AWS CLI. None of its words is a secret.</summary>
internal sealed record AwsCall
{
    public const string Region = "REGION";

    /// <summary>As the CLI names it: `ssm`.</summary>
    public required string Service { get; init; }

    /// <summary>The rest: `get-parameter --name /shop/db`.</summary>
    public required ImmutableArray<string> Words { get; init; }

    /// <summary>What it asks for, as messages say it: `parameter /shop/db`.</summary>
    public required string What { get; init; }

    /// <summary>What it is called in AWS; where it is an ARN, that says the region.</summary>
    public required string Name { get; init; }

    /// <summary>What the instance's role must allow: `ssm:GetParameter`.</summary>
    public required string Permission { get; init; }

    /// <summary>On which ARN, with <see cref="Region"/> in the place of the region and `*` in that of the account.</summary>
    public required string Resource { get; init; }

    /// <summary>An error of the service that means it is so already.</summary>
    public string? Accepts { get; init; }

    /// <summary>Bytes that are kept of its output.</summary>
    public int Most { get; init; } = 16 * 1024 * 1024;

    /// <summary>The variable that names another place for the service, such as a local one for tests.</summary>
    public string EndpointVariable => "AWS_ENDPOINT_URL_" + Service switch
    {
        "secretsmanager" => "SECRETS_MANAGER",
        "logs" => "CLOUDWATCH_LOGS",
        var service => service.ToUpperInvariant(),
    };
}
