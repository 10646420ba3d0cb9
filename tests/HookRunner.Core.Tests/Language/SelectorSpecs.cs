using HookRunner.Core.Deployment;

namespace HookRunner.Core.Tests.Language;

public class SelectorSpecs
{
    private const string Declared =
        """
        version: 1
        environments: { production: { groups: ["prod-*", web] }, staging: { groups: ['/st.*/'] } }
        roles: { web: { groups: ["*"] } }

        """;

    [Theory]
    [InlineData("{ environment: prodution }", "unknown environment `prodution` | did you mean `production`?")]
    [InlineData("{ environment: [staging, qa] }", "unknown environment `qa` | known: production, staging")]
    [InlineData("{ role: job }", "unknown role `job` | known: web")]
    [InlineData("{ event: AfterInstal }", "unknown event `AfterInstal` | did you mean `AfterInstall`?")]
    [InlineData("{ group: wob }", "no environment takes the group `wob` | did you mean `web`?")]
    [InlineData("{ group: ['/(/'] }", "`/(/` is no regex: at offset 1. Not enough )'s")]
    [InlineData("{ group: \"${group}\" }", "`${}` is never expanded in `group` | write the value itself; it is needed before there is a plan")]
    [InlineData("{ environments: production }", "unknown key `environments` in `only` | did you mean `environment`?")]
    [InlineData("{ role: [] }", "`role` is an empty list, which nothing matches | leave the key out")]
    [InlineData("{}", "`only` is empty; expected `environment`, `role`, `group` or `event`")]
    [InlineData("production", "`only` is text; expected a mapping | for example `{ environment: production }`")]
    public void A_name_that_can_never_match_is_a_mistake(string only, string message) =>
        Reading.Messages($"{Declared}on_failure: [{{ run: x, only: {only} }}]")
            .Should().ContainSingle().Which.Should().StartWith("4:").And.EndWith(" " + message);

    [Theory]
    [InlineData("{ group: prod-1 }")]
    [InlineData("{ group: [web, staging] }")]
    [InlineData("{ group: \"other-*\" }")]
    [InlineData("{ environment: production, role: web, event: [AfterInstall, rollback] }")]
    public void A_name_that_can_match_is_none(string only) =>
        Reading.Messages($"{Declared}on_failure: [{{ run: x, only: {only}, except: {only} }}]").Should().BeEmpty();

    [Fact]
    public void Without_environments_any_name_may_be_one() =>
        Reading.Messages("version: 1\non_failure: [{ run: x, only: { environment: any, group: any } }]").Should().BeEmpty();

    [Fact]
    public void With_a_default_environment_any_group_may_come() =>
        Reading.Messages("version: 1\nenvironments: { e: { default: true } }\non_failure: [{ run: x, only: { group: any } }]").Should().BeEmpty();

    [Fact]
    public void What_is_selected_comes_through()
    {
        var step = Reading.File($"{Declared}on_failure: [{{ run: x, only: {{ environment: staging, group: [\"a*\", web] }}, except: {{ event: [AfterInstall, rollback] }} }}]")
            .OnFailure!.Steps[0];

        step.Only!.Environments!.Value.AsEnumerable().Should().Equal("staging");
        step.Only.Roles.Should().BeNull();
        step.Only.Groups!.Value.Select(group => group.Written).Should().Equal("a*", "web");
        step.Except!.Events!.Value.AsEnumerable().Should().Equal(LifecycleEvent.AfterInstall);
        step.Except.Rollback.Should().BeTrue();
    }
}
