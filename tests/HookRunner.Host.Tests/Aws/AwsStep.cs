using HookRunner.Core.Steps;
using HookRunner.Host.Tests.Steps;

namespace HookRunner.Host.Tests.Aws;

/// <summary>Steps that call the real AWS CLI, of which one finds AWS on this machine.</summary>
internal static class AwsStep
{
    /// <summary>Another version's folder can be named for a run by hand.</summary>
    private static string Folder => Environment.GetEnvironmentVariable("AWS_CLI_FOLDER") ?? "/usr/bin";

    public static TestStepRun On(LocalAws aws, TimeSpan? within = null, params (string Name, string Value)[] more) =>
        With(new TestStepRun("/", within), aws, more);

    public static TestStepRun With(TestStepRun run, LocalAws aws, params (string Name, string Value)[] more)
    {
        run.Variables["PATH"] = $"{Folder}:/usr/bin:/bin";
        run.Variables["HOME"] = "/nonexistent";
        run.Variables["AWS_ENDPOINT_URL"] = aws.Url;
        run.Variables["AWS_EC2_METADATA_SERVICE_ENDPOINT"] = aws.Url;
        foreach (var (name, value) in more)
        {
            run.Variables[name] = value;
        }

        return run;
    }

    public static StepOutcome Do(this TestStepRun run, string step) => Some.Step(step).Run(run);

    public static StepOutcome.Failed Failure(this TestStepRun run, string step) => run.Do(step).Should().BeOfType<StepOutcome.Failed>().Subject;
}
