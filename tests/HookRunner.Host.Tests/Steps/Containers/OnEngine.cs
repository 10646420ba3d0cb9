using HookRunner.Core.Steps;

namespace HookRunner.Host.Tests.Steps.Containers;

/// <summary>One place for all the rooms of tests that are about single containers; they come one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class EngineRoom : ICollectionFixture<EngineHost>
{
    public const string Name = "containers";
}

/// <summary>Tests of steps on a host with docker and podman.</summary>
public abstract class OnEngine(EngineHost host)
{
    protected EngineHost Host { get; } = host;

    /// <summary>Skips the test where there is no such host.</summary>
    protected void Needs() => Skip.IfNot(Host.WhyNot is null, Host.WhyNot);

    private protected StepOutcome Do(string step, TestStepRun? run = null)
    {
        Needs();
        return Some.Step(step).Run(run ?? Host.Run());
    }

    protected string Id(string name) => Host.Shell($"podman inspect --format '{{{{.Id}}}}' {name}");

    protected string IsRunning(string name) => Host.Shell($"podman inspect --format '{{{{.State.Running}}}}' {name}");

    /// <summary>All whose names begin so.</summary>
    protected string Names(string start) => Host.Shell($"podman ps --all --format '{{{{.Names}}}}' --filter name=^{start}");
}
