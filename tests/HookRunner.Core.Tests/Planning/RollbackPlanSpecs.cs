using HookRunner.Core.Diagnostics;
using HookRunner.Core.Planning;

namespace HookRunner.Core.Tests.Planning;

public class RollbackPlanSpecs
{
    private const string File =
        """
        version: 1
        release: { link: /opt/app, staging: /s }
        steps:
          restart: [{ exec: [restart, "${event}", "${release.dir}"] }]
        hooks: { AfterInstall: [{ run: x, except: { event: rollback } }] }
        always: [{ run: end }]
        rollback:
          - use: restart
          - run: x
            only: { event: [AfterInstall, AfterAllowTraffic] }
          - run: y
            only: { event: [AfterInstall, rollback] }
          - run: z
            except: { event: rollback }
        """;

    [Fact]
    public void The_steps_after_a_rollback_are_planned_as_an_event_of_their_own()
    {
        var diagnostics = new DiagnosticBag();

        var plan = Planner.ResolveRollback(Planned.File(File), Planned.Deployment, PlanOptions.Default, diagnostics)!;

        diagnostics.Sorted().Should().BeEmpty();
        (plan.EventName, plan.IsRollback, plan.Always.Length).Should().Be(("rollback", true, 0));
        plan.AllSteps.Select(step => step.Action.Describe()).Should().Equal("exec restart rollback <read when the step starts>", "run y");
        plan.Steps.Where(node => node.LeftOut is not null).Select(node => node.LeftOut).Should().Equal(
            "event is not AfterInstall or AfterAllowTraffic", "event is rollback");
    }

    [Fact]
    public void No_step_is_left_out_of_an_event_for_being_left_out_of_a_rollback() =>
        Planned.Of(File).AllSteps.Select(step => step.Name).Should().Equal("run x", "run end");

    [Fact]
    public void A_release_is_neither_staged_nor_activated_after_a_rollback()
    {
        var diagnostics = new DiagnosticBag();
        var file = Planned.File("version: 1\nrelease: { link: /opt/app, staging: /s }\nrollback: [{ release: activate }]");

        Planner.ResolveRollback(file, Planned.Deployment, PlanOptions.Default, diagnostics).Should().BeNull();

        diagnostics.Sorted().Should().ContainSingle().Which.Message.Should().StartWith("`release: activate` cannot run after a rollback");
    }

    [Theory]
    [InlineData("env.X", null)]
    [InlineData("TOKEN", null)]
    [InlineData("instance.tag.Name", null)]
    [InlineData("release.previous", null)]
    [InlineData("port", "`--set port`: `port` is known before anything runs")]
    [InlineData("link", "`--set link`: `link` is known before anything runs")]
    [InlineData("release.dri", "`--set release.dri`: no value has this name | did you mean `release.dir`?")]
    public void Only_late_values_can_be_given(string name, string? said)
    {
        var (_, found) = Planned.Try("version: 1\nvars: { port: 1 }\nhooks: { AfterInstall: [{ exec: [a, \"${env.TOKEN}\"] }] }", set: [(name, "v")]);

        found.Should().HaveCount(said is null ? 0 : 1);
        said?.Should().Match(text => found[0].Contains(text, StringComparison.Ordinal));
    }

    [Fact]
    public void A_bare_name_is_a_variable_of_the_environment() =>
        Planned.Of("version: 1\nhooks: { AfterInstall: [{ exec: [a, \"${env.TOKEN}\"] }] }", set: [("TOKEN", "v")])
            .AllSteps.Single().Name.Should().Be("exec a v");
}
