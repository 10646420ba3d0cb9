namespace HookRunner.Core.Tests.Language;

public class ScopeSpecs
{
    [Theory]
    [InlineData("environments: { a: { groups: [] } }", "2:30 `groups` is an empty list, which matches no group | name a group, or write `default: true` instead")]
    [InlineData("environments: { a: { vars: {} } }", "2:17 `environments.a` matches no group | add `groups: [...]` or `default: true`")]
    [InlineData("environments: { a: { group: x } }", "2:22 unknown key `group` in `environments.a` | did you mean `groups`?")]
    [InlineData("environments: { a: }", "2:20 `environments.a` is nothing; expected a mapping | keys: groups, default, vars, env, env_file, path, inherit_env, defaults, hooks, on_failure, always")]
    [InlineData("environments: { a: { groups: x, defalt: true } }", "2:33 unknown key `defalt` in `environments.a` | did you mean `default`?")]
    [InlineData("environments: { a: { default: on } }", "2:31 `default` is `on`; expected `true` or `false` (not yes, no, on, off)")]
    [InlineData("environments: { a: { default: true }, b: { default: true } }", "2:39 two of `environments` have `default: true`; expected one | keep one of them")]
    [InlineData("environments: { a: { groups: [\"${group}\"] } }", "2:31 `${}` is never expanded in `groups` | write the value itself; it is needed before there is a plan")]
    [InlineData("environments: { a: { groups: [x, [y]] } }", "2:34 an item of `groups` is a list; expected text")]
    [InlineData("environments: { a: { groups: [x] }, b: { groups: [y, x] } }", "2:54 `x` stands in the environments `a` and `b`; a group matches exactly one | keep it in one place")]
    [InlineData("environments: { \"${x}\": { groups: [x] } }", "2:17 `${}` is never expanded in a name | write the value itself; it is needed before there is a plan")]
    [InlineData("environments: { a: { groups: ['/(/'] } }", "2:31 `/(/` is no regex: at offset 1. Not enough )'s")]
    [InlineData("environments: { a: { groups: ['/a)|(b/'] } }", "2:31 `/a)|(b/` is no regex: at offset 2. Too many )'s")]
    [InlineData("environments: { a: { groups: ['/(?P<x>a)/'] } }", "2:31 `/(?P<x>a)/` is no regex: at offset 3. Unrecognized grouping construct | a named capture is written `(?<name>...)`")]
    [InlineData("environments: { a: { groups: ['/(a)\\1/'] } }", "2:31 `/(a)\\1/` needs more than linear time to match | write it without look-around, back-references and atomic groups")]
    [InlineData("roles: { web: { groups: x, hooks: {} } }", "2:28 a role has no `hooks` of its own | write `only: { role: web }` at the steps that are for it alone")]
    [InlineData("roles: { web: { groups: x, on_failure: {} } }", "2:40 `on_failure` is a mapping; expected a list of steps | put `- ` before each step")]
    public void Environments_and_roles_say_which_groups_they_are_for(string text, string message) =>
        Reading.Messages($"version: 1\n{text}").Should().Equal(message);

    [Theory]
    [InlineData("x", "x", true)]
    [InlineData("x", "X", false)]
    [InlineData("a.c", "abc", false)]
    [InlineData("Production-*", "Production-APP", true)]
    [InlineData("Production-*", "xProduction-APP", false)]
    [InlineData("/a|bc/", "bc", true)]
    [InlineData("/a|bc/", "xbc", false)]
    [InlineData("/a|bc/", "bc\n", false)]
    [InlineData("/a*/", "/a/", false)]
    [InlineData("/", "/", true)]
    public void A_pattern_takes_whole_names(string pattern, string group, bool matches) =>
        Reading.File($"version: 1\nenvironments: {{ e: {{ groups: ['{pattern}'] }} }}").Environments[0].Groups[0].Matches(group).Should().Be(matches);

    [Fact]
    public void A_regex_hands_out_its_named_captures_that_took_part()
    {
        var pattern = Reading.File("version: 1\nenvironments: { e: { groups: ['/(?<a>x+)(y)(?<b>z)?/'] } }").Environments[0].Groups[0];

        pattern.CaptureNames.Should().Equal("a", "b");
        pattern.Captures("xxy").Should().Equal(("a", "xx"));
        pattern.Captures("nothing").Should().BeEmpty();
    }

    [Fact]
    public void An_environment_has_its_layer_and_its_own_events()
    {
        var environment = Reading.File(
            """
            version: 1
            environments:
              x-shared: { anything: goes }
              prod:
                groups: [a, "b*"]
                vars: { x: "1" }
                hooks: { AfterInstall: [] }
                on_failure: [{ run: x }]
            """).Environments.Should().ContainSingle().Subject;

        environment.Name.Should().Be("prod");
        environment.Groups.Select(group => group.IsPlain).Should().Equal(true, false);
        environment.Layer.Variables.Should().ContainSingle();
        environment.Hooks.Should().ContainSingle();
        environment.OnFailure!.Steps.Should().ContainSingle();
    }
}
