using HookRunner.Core.Steps;

namespace HookRunner.Core.Tests.Planning;

public class BindSpecs
{
    private const string File =
        """
        version: 1
        vars: { tag: "${instance.tag.Name}-${environment}" }
        defaults: { user: "${env.APP_USER}" }
        release: { link: /opt/app, staging: /s }
        hooks:
          AfterInstall:
            - exec: [deploy, "${tag}", "${release.dir}"]
              cwd: ${release.dir}
              env: { WAS: "${release.live}", TAG: "${tag}" }
              timeout: ${env.LIMIT}
              retry: { attempts: 3, delay: "${env.PAUSE}" }
              when: { exists: "${release.dir}/Gemfile", run: [test, "${tag}"] }
              unless: first_release
        """;

    private static readonly (string, string)[] Late =
    [
        ("instance.tag.Name", "web"), ("env.APP_USER", "deploy"), ("release.dir", "/r/1"), ("release.live", "/r/0"), ("env.LIMIT", "5s"), ("env.PAUSE", "2s"),
    ];

    [Fact]
    public void The_plan_leaves_open_what_only_the_steps_start_can_know()
    {
        var step = Planned.Of(File).AllSteps.Single();

        step.Action.Describe().Should().Be("exec deploy <read when the step starts>-Production-APP <read when the step starts>");
        (step.Timeout, step.Retry!.Attempts).Should().Be((null, 3));
        step.When.Select(condition => condition.ToString()).Should().Equal(
            "<read when the step starts>/Gemfile exists", "`test <read when the step starts>-Production-APP` ends 0");
    }

    [Fact]
    public void Binding_completes_it()
    {
        var (step, said) = Planned.Bind(Planned.Of(File), Late);

        said.Should().BeEmpty();
        step!.Action.Describe().Should().Be("exec deploy web-Production-APP /r/1");
        (step.Timeout, step.Retry!.Delay, step.Program.User!.Text, step.Program.WorkingDirectory!.Text)
            .Should().Be((TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(2), "deploy", "/r/1"));
        step.Program.Environment.Select(item => $"{item.Name}={item.Value.Text}").Should().Equal("WAS=/r/0", "TAG=web-Production-APP");
        step.When.Select(condition => condition.ToString()).Should().Equal("/r/1/Gemfile exists", "`test web-Production-APP` ends 0");
    }

    [Fact]
    public void A_condition_can_be_completed_before_the_step_is_bound()
    {
        var condition = Planned.Of(File).AllSteps.Single().When[1];

        var complete = condition.Resolve(new Planned.LateValues([("instance.tag.Name", "web")]), new Diagnostics.DiagnosticBag());

        ((CommandText.Program)((Condition.Run)complete).Command).Words.Should().OnlyContain(word => word.IsComplete);
    }

    [Theory]
    [InlineData("env.LIMIT", "soon", "`timeout` is `soon`; expected a duration")]
    [InlineData("release.dir", "relative", "`cwd` is `relative`; expected an absolute path")]
    public void A_late_value_that_does_not_fit_is_told_when_the_step_starts(string name, string value, string said)
    {
        var (step, found) = Planned.Bind(Planned.Of(File), [(name, value), .. Late]);

        step.Should().BeNull();
        found.Should().ContainSingle().Which.Should().StartWith(said);
    }

    [Fact]
    public void A_late_name_that_the_host_does_not_know_is_told_when_the_step_starts()
    {
        var (step, found) = Planned.Bind(Planned.Of(File), [.. Late[1..]]);

        step.Should().BeNull();
        found.Distinct().Should().Equal("`${instance.tag.Name}` is not set");
    }

    [Fact]
    public void A_late_variable_named_in_a_commands_text_is_bound_too()
    {
        var plan = Planned.Of(
            """
            version: 1
            vars: { tag: "${instance.tag.Name}-x" }
            hooks: { AfterInstall: [{ run: echo "$HOOKRUNNER_VAR_TAG" }] }
            """);

        Planned.Bind(plan, ("instance.tag.Name", "web")).Step!.LateVariables.Select(item => (item.Name, item.Value.Text)).Should().Equal(("tag", "web-x"));
    }
}
