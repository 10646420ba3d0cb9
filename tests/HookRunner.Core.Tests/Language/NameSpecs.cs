namespace HookRunner.Core.Tests.Language;

public class NameSpecs
{
    [Theory]
    [InlineData("vars: { release: x }", "2:9 `release` is reserved: hookrunner defines it itself | choose another name")]
    [InlineData("vars: { environment: x }", "2:9 `environment` is reserved: hookrunner defines it itself | choose another name")]
    [InlineData("vars: { HOOKRUNNER_X: x }", "2:9 `HOOKRUNNER_X` is reserved: hookrunner defines it itself | choose another name")]
    [InlineData("vars: { a-b: x }", "2:9 `a-b` is no variable's name | letters, digits and `_`, not beginning with a digit")]
    [InlineData("vars: { \"${a}\": x }", "2:9 `${a}` is no variable's name | letters, digits and `_`, not beginning with a digit")]
    [InlineData("vars: { a: [x] }", "2:12 `vars.a` is a list; expected text")]
    [InlineData("vars: { size: \"${sise}\" }", "2:15 `${sise}` is not defined | did you mean `${size}`?")]
    [InlineData("vars: { a: \"${b\" }", "2:12 `${` without `}` | write `${name}`; a dollar sign itself is `$$`")]
    [InlineData("vars: { a: \"${b c}\" }", "2:12 `${b c}` is not a variable's name | write `${name}`; a dollar sign itself is `$$`")]
    [InlineData("vars: { Port: 1, port: 2 }", "2:18 `port` and `Port` (line 2) differ only in case | commands would see both as HOOKRUNNER_VAR_PORT; rename one of them")]
    [InlineData("vars: { port: 1 }\nroles: { web: { groups: x, vars: { PORT: 2 } } }", "3:36 `PORT` and `port` (line 2) differ only in case | commands would see both as HOOKRUNNER_VAR_PORT; rename one of them")]
    [InlineData("vars: { a: \"x${a}\" }", "2:9 variables that use each other: `a` -> `a`")]
    [InlineData("vars: { a: \"${b}\", b: \"${c}\", c: \"${b}\" }", "2:20 variables that use each other: `b` -> `c` -> `b`")]
    [InlineData("vars: { a: \"${b}\", b: x }\nenvironments: { e: { groups: g, vars: { b: \"${a}\" } } }", "2:9 variables that use each other: `a` -> `b` -> `a`")]
    [InlineData("environments: { e: { groups: g, vars: { b: \"${a}\" } } }\nroles: { r: { groups: g, vars: { a: \"${b}\" } } }", "2:41 variables that use each other: `b` -> `a` -> `b`")]
    [InlineData("environments: { e: { groups: '/(?<link>.*)/' } }", "2:30 `link` is reserved: hookrunner defines it itself | choose another name")]
    [InlineData("environments: { e: { groups: '/(?<size>.*)/', vars: { size: 1 } } }", "2:30 the capture `size` has the name of a variable (hookrunner.yml:2:55) | rename one of them")]
    public void A_name_means_one_thing_and_its_value_has_an_end(string text, string message) =>
        Reading.Messages($"version: 1\n{text}").Should().Equal(message);

    [Theory]
    [InlineData("vars: { a: \"${environment}-${release.dir}-${env.HOME}-${instance.tag.Name}\", b: \"${a}$${c}\" }")]
    [InlineData("environments: { e: { groups: '/(?<size>.*)/' } }\nvars: { a: \"${size}\" }")]
    [InlineData("vars: { a: x }\nroles: { r: { groups: g, vars: { a: y } }, s: { groups: h, vars: { a: z } } }")]
    [InlineData("vars: { a: \"${b}\" }\nenvironments: { e: { groups: g, vars: { b: x } }, f: { groups: h, vars: { b: \"${env.Y}\" } } }")]
    public void And_what_is_declared_anywhere_may_be_used(string text) =>
        Reading.Messages($"version: 1\n{text}").Should().BeEmpty();

    [Fact]
    public void Values_that_double_each_other_end_in_a_mistake() =>
        Reading.Messages("version: 1\nvars:\n  v0: xxxxxxxx\n" + string.Concat(Enumerable.Range(1, 40).Select(i => $"  v{i}: ${{v{i - 1}}}${{v{i - 1}}}\n")))
            .Should().Equal("17:3 the value of `v14` would have more than 65536 characters");

    [Fact]
    public void A_chain_of_values_is_bounded() =>
        Reading.Messages("version: 1\nvars:\n" + string.Concat(Enumerable.Range(0, 5000).Select(i => $"  v{i}: ${{v{i + 1}}}\n")) + "  v5000: x\n")
            .Should().Equal("35:3 variables rest on each other more than 32 deep");

    [Theory]
    [InlineData("{ a: [{ use: b }], b: [{ use: a }] }", "lists that use each other: `a` -> `b` -> `a`")]
    [InlineData("{ a: [{ steps: [{ use: a }] }] }", "lists that use each other: `a` -> `a`")]
    [InlineData("{ a: [{ use: c }], b: [] }", "no list `c` stands under the file's `steps:` | known: a, b")]
    [InlineData("{ restart: [{ use: restrat }] }", "no list `restrat` stands under the file's `steps:` | did you mean `restart`?")]
    [InlineData("{ a: [{ use: [b] }] }", "`use` is a list; expected text")]
    [InlineData("{ a: [{ use: \"${x}\" }] }", "`${}` is never expanded in `use` | write the value itself; it is needed before there is a plan")]
    [InlineData("{ \"${x}\": [] }", "`${}` is never expanded in the name of a list | write the value itself; it is needed before there is a plan")]
    public void A_list_that_is_used_exists_and_ends(string steps, string message) =>
        Reading.Messages($"version: 1\nsteps: {steps}").Should().ContainSingle().Which.Should().EndWith(" " + message);

    [Fact]
    public void Lists_that_double_each_other_end_in_a_mistake() =>
        Reading.Messages("version: 1\nsteps:\n  l0: []\n" + string.Concat(Enumerable.Range(1, 40).Select(i => $"  l{i}: [{{ use: l{i - 1} }}, {{ use: l{i - 1} }}]\n")))
            .Should().ContainSingle().Which.Should().EndWith("more than 5000 steps come together here | some lists use others again and again");

    [Fact]
    public void A_chain_of_lists_is_bounded() =>
        Reading.Messages("version: 1\nsteps:\n" + string.Concat(Enumerable.Range(0, 3000).Select(i => $"  l{i:D4}: [{{ use: l{i + 1:D4} }}]\n")) + "  l3000: []\n")
            .Should().ContainSingle().Which.Should().EndWith("lists use each other more than 32 deep");
}
