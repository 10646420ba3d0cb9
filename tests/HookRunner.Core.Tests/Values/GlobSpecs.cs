using System.Text.RegularExpressions;
using CsCheck;
using HookRunner.Core.Values;

namespace HookRunner.Core.Tests.Values;

public class GlobSpecs
{
    [Theory]
    [InlineData("Production-*", "Production-APP", true)]
    [InlineData("Production-*", "Production-", true)]
    [InlineData("Production-*", "production-APP", false)]
    [InlineData("*-APP", "Production-APP-2", false)]
    [InlineData("a?c", "abc", true)]
    [InlineData("a?c", "ac", false)]
    [InlineData("*", "", true)]
    [InlineData("", "a", false)]
    [InlineData("a.c", "abc", false)]
    [InlineData("*a*b*", "xxaxxbxx", true)]
    public void A_glob_matches_the_whole_name(string pattern, string name, bool matches) =>
        Glob.Matches(pattern, name).Should().Be(matches);

    [Fact]
    public void A_glob_says_what_the_same_regex_says() =>
        Gen.Select(Gen.Char["ab*?"].Array[0, 8], Gen.Char["ab"].Array[0, 10]).Sample((pattern, name) =>
        {
            var regex = "^" + new string(pattern).Replace("*", ".*", StringComparison.Ordinal).Replace("?", ".", StringComparison.Ordinal) + "$";

            Glob.Matches(pattern, name).Should().Be(Regex.IsMatch(new string(name), regex));
        });
}
