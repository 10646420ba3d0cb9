using HookRunner.Core.Deployment;

namespace HookRunner.Core.Tests.Planning;

public class VariableSpecs
{
    private const string Layers =
        """
        version: 1
        vars: { a: file, b: file, c: file, d: "${c}${b}" }
        environments:
          production:
            groups: ['/(?<stage>[A-Z]\w+)-(?<kind>APP|JOB)(?<number>\d)?/']
            vars: { b: environment, c: environment }
        roles:
          web: { groups: ["*-APP"], vars: { c: role } }
          all: { groups: ["*"], vars: { e: role, c: role } }
        hooks:
          AfterInstall:
            - exec: [echo, "${TEXT}"]
        """;

    [Theory]
    [InlineData("${a} ${b} ${c}", "file environment role")]
    [InlineData("${d}", "roleenvironment")]
    [InlineData("${stage}/${kind}", "Production/APP")]
    [InlineData("$${a} $a $", "${a} $a $")]
    [InlineData("${environment} ${roles} ${event} ${application}", "production web all AfterInstall myapp")]
    [InlineData("${group} ${group_id} ${deployment} ${bundle}", "Production-APP g-1 d-ABC /bundle")]
    public void Later_layers_win_and_variables_use_variables(string text, string value)
    {
        var plan = Planned.Of(Layers.Replace("${TEXT}", text, StringComparison.Ordinal));

        plan.AllSteps.Single().Action.Subject.Should().Be($"echo {value}");
    }

    [Fact]
    public void Every_variable_that_can_be_known_is_there_for_commands()
    {
        var plan = Planned.Of(Layers.Replace("${TEXT}", "", StringComparison.Ordinal));

        plan.Variables.Should().BeEquivalentTo(new[]
        {
            ("a", "file"), ("b", "environment"), ("c", "role"), ("d", "roleenvironment"), ("e", "role"), ("stage", "Production"), ("kind", "APP"),
        });
    }

    [Theory]
    [InlineData("vars: { a: \"${b}\", b: \"${c}\", c: \"${a}\" }", "2:9 variables that use each other: `a` -> `b` -> `c` -> `a`")]
    [InlineData("vars: { a: \"x${a}\" }", "2:9 variables that use each other: `a` -> `a`")]
    public void A_cycle_is_a_mistake_even_where_nothing_uses_it(string vars, string said) =>
        Planned.Said($"version: 1\n{vars}\nhooks: {{ AfterInstall: [{{ run: \"true\" }}] }}").Should().Equal(said);

    [Fact]
    public void A_capture_that_took_no_part_is_undefined_where_it_is_used()
    {
        const string file =
            """
            version: 1
            vars: { unused: "x${number}" }
            environments:
              production: { groups: ['/Production-APP(?<number>\d)?/'] }
            hooks:
              AfterInstall: [{ exec: [echo, "USED"] }]
            """;

        Planned.Of(file).Variables.Should().BeEmpty();
        Planned.Said(file.Replace("USED", "${number}", StringComparison.Ordinal)).Should().ContainSingle()
            .Which.Should().StartWith("6:33 `${number}` is not defined");
        Planned.Said(file.Replace("USED", "${unused}", StringComparison.Ordinal)).Should().ContainSingle()
            .Which.Should().StartWith("2:17 `${number}` is not defined");
        Planned.Of(file, "Production-APP7").Variables.Should().Equal(("unused", "x7"), ("number", "7"));
    }

    [Fact]
    public void A_capture_named_like_a_variable_is_refused() =>
        Planned.Said(
            """
            version: 1
            roles:
              web: { groups: ["*"], vars: { stage: x } }
            environments:
              production: { groups: ['/(?<stage>\w+)-APP/'] }
            """).Should().ContainSingle().Which.Should().StartWith("5:26 the capture `stage` has the name of a variable");

    [Fact]
    public void Two_patterns_that_capture_differently_are_refused() =>
        Planned.Said(
            """
            version: 1
            environments:
              production: { groups: ['/(?<stage>\w+)-APP/'] }
            roles:
              web: { groups: ['/Production-(?<stage>\w+)/'] }
            """).Should().Equal("5:19 two patterns capture `stage` differently: `Production` (hookrunner.yml:3:26) and `APP`");

    [Fact]
    public void Two_roles_that_set_one_variable_differently_are_refused() =>
        Planned.Said(
            """
            version: 1
            roles:
              web: { groups: ["*"], vars: { same: 1, port: 80 } }
              job: { groups: ["*-APP"], vars: { same: 1, port: 81 } }
            """).Should().ContainSingle()
            .Which.Should().StartWith("4:46 the roles `web` and `job` both match and set the variable `port` differently");

    [Fact]
    public void A_name_that_nothing_declares_for_this_group_is_told_with_the_nearest() =>
        Planned.Said(
            """
            version: 1
            environments:
              production: { groups: ["Production-*"], vars: { workers: 1 } }
              staging: { groups: ["Staging-*"], vars: { worker: 1 } }
            hooks:
              AfterInstall: [{ exec: [echo, "${worker}"] }]
            """).Should().Equal("6:33 `${worker}` is not defined | did you mean `${workers}`?");

    [Theory]
    [InlineData("ApplicationStop")]
    [InlineData("BeforeBlockTraffic")]
    [InlineData("AfterBlockTraffic")]
    [InlineData("BeforeInstall")]
    public void The_release_directory_is_not_there_in_early_events(string item) =>
        Planned.Said(Released($"{item}: [{{ exec: [ls, \"${{release.dir}}\"] }}]"), item: LifecycleEvents.Parse(item)!.Value)
            .Should().ContainSingle().Which.Should().StartWith($"4:{item.Length + 19} `${{release.dir}}` cannot be used in {item}");

    [Theory]
    [InlineData("AfterInstall")]
    [InlineData("ApplicationStart")]
    [InlineData("ValidateService")]
    [InlineData("BeforeAllowTraffic")]
    [InlineData("AfterAllowTraffic")]
    public void The_release_directory_is_read_when_the_step_starts_in_later_events(string item) =>
        Planned.Of(Released($"{item}: [{{ exec: [ls, \"${{release.dir}}/x\"] }}]"), item: LifecycleEvents.Parse(item)!.Value)
            .AllSteps.Single().Action.Subject.Should().Be("ls <read when the step starts>/x");

    [Theory]
    [InlineData("exec: [ls, \"${release.live}\"]", "is nothing on a first deployment")]
    [InlineData("exec: [ls, \"${release.previous}\"]", "is nothing on a first deployment")]
    [InlineData("exec: [ls, \"${release.previous}\"], when: { exists: \"${link}\" }", "is nothing on a first deployment")]
    [InlineData("exec: [ls, \"${old}\"]", "`${release.live}` is nothing on a first deployment")]
    [InlineData("exec: [ls, \"${release.live}\"], unless: first_release", null)]
    [InlineData("exec: [ls, \"${release.previous}\"], unless: { first_release: true }", null)]
    [InlineData("exec: [ls, \"${release.live}\"], when: { exists: \"${link}\" }", null)]
    [InlineData("exec: [ls, \"${release.live}\"], when: { exists: [/a, /opt/app] }", null)]
    [InlineData("exec: [ls, \"${old}\"], unless: { missing: \"${link}\" }", null)]
    [InlineData("exec: [ls, a], unless: first_release, when: { exists: \"${release.live}/x\" }", null)]
    [InlineData("steps: [{ steps: [{ exec: [ls, \"${release.live}\"] }] }], unless: first_release", null)]
    public void The_live_release_needs_a_guard(string step, string? said)
    {
        var (_, found) = Planned.Try(Released($"AfterInstall: [{{ {step} }}]"));

        found.Should().HaveCount(said is null ? 0 : 1);
        said?.Should().Match(text => found[0].Contains(text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("link")]
    [InlineData("release.dir")]
    [InlineData("release.live")]
    public void Names_of_releases_need_a_release_block(string name) =>
        Planned.Said($"version: 1\nhooks: {{ AfterInstall: [{{ exec: [ls, \"${{{name}}}\"] }}] }}").Should().ContainSingle()
            .Which.Should().Contain($"`${{{name}}}` needs a `release:` block");

    [Fact]
    public void Given_values_fill_what_is_late()
    {
        var plan = Planned.Of(
            Released("AfterInstall: [{ exec: [a, \"${env.X}\", \"${release.dir}\", \"${id}\", \"${instance.tag.Name}\"] }]"),
            set: [("env.X", "1"), ("release.dir", "/r"), ("instance.id", "i-1")]);

        plan.AllSteps.Single().Action.Subject.Should().Be("a 1 /r i-1 <read when the step starts>");
        plan.Variables.Should().Contain(("id", "i-1"));
    }

    [Fact]
    public void A_late_variable_reaches_a_command_only_where_its_text_names_it()
    {
        var plan = Planned.Of(Released(
            """
            AfterInstall:
                - run: echo $HOOKRUNNER_VAR_IDX
                - run: echo $HOOKRUNNER_VAR_ID
            """));

        plan.AllSteps.Select(step => string.Join(' ', step.LateVariables.Select(item => item.Name))).Should().Equal("", "id");
        plan.Variables.Should().BeEmpty();
    }

    private static string Released(string hooks) =>
        $$"""
        version: 1
        vars: { old: "${release.live}", id: "${instance.id}" }
        hooks:
          {{hooks}}
        release: { link: /opt/app, staging: /opt/app-staging }
        """;
}
