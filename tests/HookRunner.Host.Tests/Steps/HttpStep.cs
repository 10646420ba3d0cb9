using HookRunner.Core.Steps;

namespace HookRunner.Host.Tests.Steps;

/// <summary>An `http` step, done once.</summary>
internal static class HttpStep
{
    public static StepOutcome Do(string step) => Some.Step(step).Run(new TestStepRun("/"));

    public static string Reason(StepOutcome outcome) => outcome.Should().BeOfType<StepOutcome.Failed>().Which.Reason;
}
