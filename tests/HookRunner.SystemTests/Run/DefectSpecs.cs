using HookRunner.Core.Reporting;
using HookRunner.Host.Execution;

namespace HookRunner.SystemTests.Run;

/// <summary>A mistake of hookrunner itself.</summary>
public class DefectSpecs
{
    [Fact]
    public void It_ends_with_a_status_of_its_own_and_throws_at_nobody() =>
        EntryPoint.Run([], new AgentVariables(null!)).Should().Be(ExitStatus.Defect);
}
