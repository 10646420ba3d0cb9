using CsCheck;
using HookRunner.Core.Checking;
using HookRunner.Core.Diagnostics;
using HookRunner.Core.Tests.Planning;
using HookRunner.Core.Values;

namespace HookRunner.Core.Tests.Checking;

public class GroupSampleSpecs
{
    private static readonly Gen<string> Globs = Gen.Char["ab*?"].Array[0, 8].Select(letters => new string(letters));

    [Theory]
    [InlineData("Production-*", "*-APP", "Production-APP")]
    [InlineData("Production-*", "*-*-APP", "Production--APP")]
    [InlineData("prod_web", "prod_*", "prod_web")]
    [InlineData("prod-*", "stag*", null)]
    [InlineData("a?c", "?b?", "abc")]
    [InlineData("*", "*", "")]
    public void Two_globs_meet_in_a_short_name(string first, string second, string? name) =>
        GlobMeeting.Shortest(first, second).Should().Be(name);

    [Fact]
    public void A_name_where_two_globs_meet_matches_both_and_names_that_match_both_mean_that_they_meet() =>
        Gen.Select(Globs, Globs, Gen.Char["ab"].Array[0, 6].Select(letters => new string(letters))).Sample((first, second, name) =>
        {
            var meeting = GlobMeeting.Shortest(first, second);

            return (meeting is null || (Glob.Matches(first, meeting) && Glob.Matches(second, meeting)))
                && (!Glob.Matches(first, name) || !Glob.Matches(second, name) || meeting is not null);
        });

    [Theory]
    [InlineData("^(?<stage>prod|test)-[a-z]{2}$", false, "prod-aa")]
    [InlineData("Production-(?<kind>APP|JOB)(?<number>\\d+)?", false, "Production-APP")]
    [InlineData("Production-(?<kind>APP|JOB)(?<number>\\d+)?", true, "Production-APP0")]
    [InlineData("a.c\\.d*[^a]x+?", false, "axc.Ax")]
    [InlineData("(?:(a)|b)(?i:c)", false, "ac")]
    [InlineData("(((", false, "")]
    [InlineData("[", false, "")]
    [InlineData("a{3,}b{0,2}", true, "aaab")]
    public void A_plain_regex_has_a_sample(string regex, bool takesOptional, string sample) =>
        RegexSample.Of(regex, takesOptional).Should().Be(sample);

    [Fact]
    public void No_text_makes_the_sampler_fail() =>
        Gen.Char["ab(?<n>)[]{}|*+\\d^$.,12:'"].Array[0, 30].Select(letters => new string(letters)).Sample(text =>
        {
            RegexSample.Of(text, true);
            return true;
        });

    [Fact]
    public void Each_environment_is_met_with_each_of_its_roles() =>
        Samples(
            """
            version: 1
            environments:
              production: { groups: ["Production-*", prod_web] }
              staging: { groups: ['/(?<stage>qa|uat)-(APP|JOB)/'] }
              other: { default: true }
            roles:
              web: { groups: ["*-APP", prod_web] }
              job: { groups: ["*-JOB"] }
            """).Groups.Should().Equal("prod_web", "Production-APP", "Production-JOB", "qa-APP", "qa-JOB", "x-APP", "x-JOB");

    [Theory]
    [InlineData("roles: { web: { groups: [\"*-APP\", x] } }", "x x-APP")]
    [InlineData("env: {}", "any-group")]
    [InlineData("environments: { a: { groups: [\"a-*\"] }, b: { default: true } }", "a-x another-group")]
    public void Files_with_less_have_samples_too(string text, string groups) =>
        Samples($"version: 1\n{text}").Groups.Should().Equal(groups.Split(' '));

    [Fact]
    public void A_pattern_that_no_name_could_be_made_up_for_is_warned_of()
    {
        var (groups, said) = Samples("version: 1\nenvironments: { a: { groups: ['/\\p{Lu}+/', b] } }");

        groups.Should().Equal("b");
        said.Should().Equal("no deployment group could be made up that `/\\p{Lu}+/` of `a` takes, so its steps were not checked");
    }

    private static (IEnumerable<string> Groups, List<string> Said) Samples(string text)
    {
        var diagnostics = new DiagnosticBag();
        var groups = GroupSamples.Of(Planned.File(text), diagnostics);
        return (groups, [.. diagnostics.Sorted().Select(item => item.Message)]);
    }
}
