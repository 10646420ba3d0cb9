using HookRunner.Core.Steps;
using HookRunner.Core.Values;
using HookRunner.Host.Os;

namespace HookRunner.Host.Steps.Aws;

/// <summary>The region that a step's calls go to.</summary>
internal static class AwsRegion
{
    /// <summary>
    /// Of the name, where that is an ARN; else AWS_REGION, AWS_DEFAULT_REGION; else the instance's. Null with no failure where
    /// a configuration file of the CLI may know it.
    /// </summary>
    public static string? Find(StepRun run, IReadOnlyDictionary<string, string> environment, string name, out StepOutcome.Failed? failure)
    {
        failure = null;
        if (OfArn(name) is { } own)
        {
            return own;
        }

        foreach (var variable in (string[])["AWS_REGION", "AWS_DEFAULT_REGION"])
        {
            if (environment.GetValueOrDefault(variable) is { Length: > 0 } region)
            {
                return region;
            }
        }

        if (environment.ContainsKey("AWS_PROFILE") || environment.ContainsKey("AWS_CONFIG_FILE")
            || File.Exists(Path.Join(environment.GetValueOrDefault("HOME"), ".aws/config")))
        {
            return null;
        }

        return OfInstance(run, out failure);
    }

    /// <summary>Null with a failure where there is no instance to ask.</summary>
    public static string? OfInstance(StepRun run, out StepOutcome.Failed? failure)
    {
        failure = null;
        switch (run.Instance.Find("region", new Patience(run.Deadline, run.Stopping)))
        {
            case VariableValue.Known { Text: { Length: > 0 } text }:
                return text;
            case VariableValue.Undefined undefined:
                failure = new StepOutcome.Failed(
                    $"no region is known: AWS_REGION is not set, and {undefined.Message}",
                    $"write it at the step: `env: {{ AWS_REGION: eu-central-1 }}`; {undefined.Remedy}");
                return null;
            default:
                return null;
        }
    }

    /// <summary>`arn:aws:ssm:REGION:ACCOUNT:...`; an ARN of S3 has none.</summary>
    private static string? OfArn(string name) => name.Split(':') is ["arn", _, _, { Length: > 0 } region, ..] ? region : null;
}
