namespace HookRunner.Core.Tests.Planning;

public class GroupChoiceSpecs
{
    private const string File =
        """
        version: 1
        environments:
          production: { groups: ["Production-*", prod_web] }
          staging: { groups: ["Staging-*", '/^(qa|uat)-(?<region>[a-z]+)$/'] }
          sandbox: { default: true, groups: ["*-APP"] }
        roles:
          web: { groups: ["*-APP", prod_web, "qa-*"] }
          job: { groups: ["*-JOB", "Production-*"] }
          other: { default: true }
        hooks:
          AfterInstall: [{ run: "true" }]
        """;

    [Theory]
    [InlineData("Production-APP", "production", "web job")]
    [InlineData("Production-JOB", "production", "job")]
    [InlineData("Production-X", "production", "job")]
    [InlineData("prod_web", "production", "web")]
    [InlineData("Staging-JOB", "staging", "job")]
    [InlineData("Staging-", "staging", "other")]
    [InlineData("qa-dublin", "staging", "web")]
    [InlineData("xqa-dublin", "sandbox", "other")]
    [InlineData("production-APP", "sandbox", "web")]
    [InlineData("anything", "sandbox", "other")]
    public void A_group_decides_environment_and_roles(string group, string environment, string roles)
    {
        var plan = Planned.Of(File, group);

        plan.Environment.Should().Be(environment);
        plan.Roles.Should().Equal(roles.Split(' '));
    }

    [Fact]
    public void Without_environments_every_group_is_taken_and_names_the_environment()
    {
        var plan = Planned.Of("version: 1\nhooks: { AfterInstall: [{ run: \"true\" }] }", "any group");

        plan.Environment.Should().Be("any group");
        plan.Roles.Should().BeEmpty();
    }

    [Fact]
    public void A_group_that_matches_two_environments_is_refused_with_both_patterns() =>
        Planned.Said(
            """
            version: 1
            environments:
              production: { groups: ["Production-*"] }
              apps: { groups: [x, "*-APP"] }
            """).Should().Equal(
            "4:3 deployment group `Production-APP` matches 2 environments: `production` (Production-*) and `apps` (*-APP)"
            + " | exactly one must match; make one of the patterns narrower");

    [Theory]
    [InlineData("prodweb", "did you mean `prod_web`?; known: production (Production-*, prod_web), staging (Staging-*)")]
    [InlineData("production-APP", "`Production-*` differs from it in case only; known: production (Production-*, prod_web), staging (Staging-*)")]
    [InlineData("something else", "known: production (Production-*, prod_web), staging (Staging-*)")]
    public void A_group_that_no_environment_takes_is_refused_with_what_is_known(string group, string remedy) =>
        Planned.Said(
            """
            version: 1
            environments:
              production: { groups: ["Production-*", prod_web] }
              staging: { groups: ["Staging-*"] }
            """, group).Should().Equal($"3:3 no environment takes deployment group `{group}` | {remedy}");

    [Fact]
    public void A_group_without_a_role_is_refused_where_roles_are_declared() =>
        Planned.Said(
            """
            version: 1
            roles:
              web: { groups: ["*-WEB"] }
              job: { groups: ["*-JOB"] }
            """).Should().Equal(
            "3:3 no role takes deployment group `Production-APP` | known: web (*-WEB), job (*-JOB); or give one role `default: true`");

    [Fact]
    public void An_unknown_group_and_a_missing_role_are_told_together() =>
        Planned.Said("version: 1\nenvironments: { a: { groups: [b] } }\nroles: { c: { groups: [d] } }").Should().HaveCount(2);
}
