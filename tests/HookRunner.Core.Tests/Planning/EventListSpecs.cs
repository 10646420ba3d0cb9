using HookRunner.Core.Deployment;

namespace HookRunner.Core.Tests.Planning;

public class EventListSpecs
{
    [Theory]
    [InlineData("", "", "", "", "")]
    [InlineData("file", "", "", "", "file")]
    [InlineData("file", "environment", "", "", "environment")]
    [InlineData("file", "environment", "role", "", "role")]
    [InlineData("file", "environment", "role", "event", "event")]
    [InlineData("file", "", "", "event", "event")]
    [InlineData("file", "environment", "[]", "", "")]
    [InlineData("file", "[]", "", "", "")]
    [InlineData("file", "environment", "role", "[]", "")]
    public void The_first_list_that_exists_holds(string file, string environment, string role, string item, string expected)
    {
        foreach (var key in new[] { "on_failure", "always" })
        {
            var plan = Planned.Of(
                $$"""
                version: 1
                environments: { production: { groups: ["*"]{{List(key, environment, ", ")}} } }
                roles: { web: { groups: ["*"]{{List(key, role, ", ")}} }, job: { groups: ["*"] } }
                hooks: { AfterInstall: { steps: [{ run: x }]{{List(key, item, ", ")}} } }
                {{List(key, file, "")}}
                """);

            var list = key == "always" ? plan.Always : plan.OnFailure;
            list.Select(step => step.Name).Should().Equal(expected.Length == 0 ? [] : [$"run {expected}"]);
            (key == "always" ? plan.OnFailure : plan.Always).Should().BeEmpty();
        }
    }

    [Fact]
    public void Two_roles_with_a_list_each_are_refused() =>
        Planned.Said(
            """
            version: 1
            roles:
              web: { groups: ["*"], always: [{ run: a }] }
              job: { groups: ["*"], always: [] }
            hooks: { AfterInstall: [{ run: x }] }
            """).Should().Equal("4:33 the roles `web` and `job` both match and both have `always` | keep it in one of them, or write it under the event");

    [Theory]
    [InlineData("Production-APP", "run own")]
    [InlineData("s", "run common")]
    [InlineData("sb", "")]
    public void An_environments_own_list_stands_in_for_the_common_one(string group, string expected)
    {
        var plan = Planned.Of(
            """
            version: 1
            environments:
              production: { groups: ["Production-*"], hooks: { AfterInstall: [{ run: own }], BeforeInstall: [{ run: more }] } }
              staging: { groups: [s] }
              sandbox: { groups: [sb], hooks: { AfterInstall: [] } }
            hooks:
              AfterInstall: { steps: [{ run: common }], timeout: 1m, reserve: 5s }
            always: [{ run: end }]
            lock_wait: 10s
            """, group);

        plan.Steps.Select(step => step.Name).Should().Equal(expected.Length == 0 ? [] : [expected]);
        plan.Timeout.Should().Be(group == "s" ? TimeSpan.FromMinutes(1) : null);
        plan.Reserve.Should().Be(group == "s" ? TimeSpan.FromSeconds(5) : null);
        plan.LockWait.Should().Be(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void Where_there_are_no_steps_neither_list_runs_or_is_even_resolved()
    {
        const string file =
            """
            version: 1
            release: { link: /opt/app, staging: /s }
            hooks: { BeforeInstall: [], AfterInstall: [{ run: x, only: { event: ApplicationStart } }] }
            always: [{ exec: [ls, "${release.dir}"] }]
            """;

        Planned.Of(file, item: LifecycleEvent.BeforeInstall).Always.Should().BeEmpty();
        Planned.Of(file, item: LifecycleEvent.BeforeAllowTraffic).Always.Should().BeEmpty();
        Planned.Of(file).Always.Should().ContainSingle("all steps left out still means that the event had some");
    }

    private static string List(string key, string written, string separator) =>
        written.Length == 0 ? "" : $"{separator}{key}: {(written == "[]" ? written : $"[{{ run: {written} }}]")}";
}
