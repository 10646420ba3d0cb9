using HookRunner.Core.Steps;

namespace HookRunner.Host.Tests.Steps;

/// <summary>One machine for all the rooms of tests that are about units; they come one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class SystemdRoom : ICollectionFixture<SystemdMachine>
{
    public const string Name = "systemd";
}

/// <summary>Tests of steps on a machine under systemd.</summary>
public abstract class OnSystemd(SystemdMachine machine)
{
    protected const string Sleeper = "ExecStart=/bin/sleep 1000";

    protected SystemdMachine Machine { get; } = machine;

    /// <summary>Installs a unit, or skips the test where there is no machine.</summary>
    protected void Has(string unit, string service, string install = "WantedBy=multi-user.target")
    {
        Skip.IfNot(Machine.WhyNot is null, Machine.WhyNot);
        Machine.Unit(unit, service, install);
    }

    private protected TestStepRun Run() => new("/") { HelperPrefix = Machine.Enter };

    private protected StepOutcome Do(string step, TestStepRun? run = null)
    {
        Skip.IfNot(run is not null || Machine.WhyNot is null, Machine.WhyNot);
        return Some.Step(step).Run(run ?? Run());
    }
}
