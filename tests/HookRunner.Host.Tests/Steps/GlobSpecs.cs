using CsCheck;
using HookRunner.Host.Steps.Files;

namespace HookRunner.Host.Tests.Steps;

public sealed class GlobSpecs
{
    [Theory]
    [InlineData("*", "a", true)]
    [InlineData("*", "", true)]
    [InlineData("*", ".a", false)]
    [InlineData(".*", ".a", true)]
    [InlineData("a*b*c", "aXbYc", true)]
    [InlineData("a*b*c", "aXbY", false)]
    [InlineData("?", "ü", true)]
    [InlineData("??", "ü", false)]
    [InlineData("[a-c]x", "bx", true)]
    [InlineData("[!a-c]x", "bx", false)]
    [InlineData("[a", "[a", true)]
    [InlineData("app-?.jar", "app-1.jar", true)]
    public void A_pattern_matches_as_a_shell_has_it(string pattern, string name, bool matches) =>
        new Glob(pattern).Matches(System.Text.Encoding.UTF8.GetBytes(name)).Should().Be(matches);

    [Fact]
    public void A_pattern_agrees_with_a_regex_over_any_name() =>
        Gen.Select(Gen.String[Gen.Char["ab*?"], 0, 8], Gen.String[Gen.Char["ab"], 0, 12]).Sample((pattern, name) =>
        {
            var regex = "^" + pattern.Replace("*", "[ab]*").Replace("?", "[ab]") + "$";
            return new Glob(pattern).Matches(System.Text.Encoding.UTF8.GetBytes(name)) == System.Text.RegularExpressions.Regex.IsMatch(name, regex);
        });
}
