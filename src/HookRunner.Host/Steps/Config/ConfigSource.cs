using System.Collections.Immutable;
using HookRunner.Core.Steps;
using HookRunner.Core.Values;
using HookRunner.Host.Os;
using HookRunner.Host.Steps.Aws;

namespace HookRunner.Host.Steps.Config;

/// <summary>Where in AWS a step's configuration is.</summary>
/// <param name="Kind">`ssm`, `ssm_path`, `secret` or `s3`.</param>
/// <param name="Name">Its name there.</param>
internal sealed record ConfigSource(string Kind, Template Name)
{
    public const string Parameter = "ssm", ParameterPath = "ssm_path", Secret = "secret", Object = "s3";

    /// <summary>How long a throttled call is repeated, where the step has that long.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>In the order of the reference.</summary>
    public static ImmutableArray<string> Kinds { get; } = [Parameter, ParameterPath, Secret, Object];

    /// <summary>`SSM parameter /shop/db`.</summary>
    public override string ToString() => Kind switch
    {
        Parameter => $"SSM parameter {Name}",
        ParameterPath => $"SSM parameters below {Name}",
        Secret => $"secret {Name}",
        _ => $"object {Name}",
    };

    /// <summary>Reads it; null where that failed.</summary>
    /// <param name="run">The step's.</param>
    /// <param name="wanted">What becomes of it: a JSON secret may stay as it is, and what gets into a variable is hidden.</param>
    /// <param name="failure">The step's outcome then.</param>
    public ConfigContent? Read(StepRun run, ConfigAction wanted, out StepOutcome? failure)
    {
        var end = Deadline.After(Patience, "the time a throttled call is repeated").Sooner(run.Deadline);
        if (new AwsCli(run, end).Ask(Call(), out failure) is not { } output)
        {
            return null;
        }

        var content = Kind switch
        {
            Parameter => ConfigAnswer.Parameter(output),
            ParameterPath => ConfigAnswer.Parameters(output, Name.Text),
            Secret => ConfigAnswer.Secret(output, wanted.IsRaw),
            _ => new ConfigContent.Whole(output, IsSecret: wanted.Variable is not null),
        };
        failure = content switch
        {
            null => new StepOutcome.Failed($"{this}: the AWS CLI answered with something that is no such thing", "is `aws` on the PATH of this step the AWS CLI?"),
            ConfigContent.Named { Values.IsEmpty: true } => new StepOutcome.Failed(
                $"there are no {(Kind == Secret ? $"keys in {this}" : ToString())}", "is the name right, and is it in this region and account?"),
            _ => null,
        };
        return failure is null ? content : null;
    }

    private AwsCall Call() => Kind switch
    {
        Parameter => new AwsCall
        {
            Service = "ssm",
            Words = ["get-parameter", "--with-decryption", "--name", Name.Text],
            What = ToString(),
            Name = Name.Text,
            Permission = "ssm:GetParameter",
            Resource = Arn("ssm", $"parameter/{Name.Text.TrimStart('/')}"),
        },
        ParameterPath => new AwsCall
        {
            Service = "ssm",
            Words = ["get-parameters-by-path", "--with-decryption", "--recursive", "--path", Name.Text],
            What = ToString(),
            Name = Name.Text,
            Permission = "ssm:GetParametersByPath",
            Resource = Arn("ssm", $"parameter/{Name.Text.Trim('/')}"),
        },
        Secret => new AwsCall
        {
            Service = "secretsmanager",
            Words = ["get-secret-value", "--secret-id", Name.Text],
            What = ToString(),
            Name = Name.Text,
            Permission = "secretsmanager:GetSecretValue",
            Resource = Arn("secretsmanager", $"secret:{Name.Text}-*"),
        },
        _ => new AwsCall
        {
            Service = "s3",
            Words = ["cp", Name.Text, "-"],
            What = ToString(),
            Name = Name.Text,
            Permission = "s3:GetObject",
            Resource = $"arn:aws:s3:::{Name.Text["s3://".Length..]}",
        },
    };

    private string Arn(string service, string resource) =>
        Name.Text.StartsWith("arn:", StringComparison.Ordinal) ? Name.Text : $"arn:aws:{service}:{AwsCall.Region}:*:{resource}";
}
