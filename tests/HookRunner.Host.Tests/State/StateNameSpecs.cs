using System.Text.RegularExpressions;
using CsCheck;
using HookRunner.Host.State;

namespace HookRunner.Host.Tests.State;

public class StateNameSpecs
{
    [Theory]
    [InlineData("d-ABC123", "d-ABC123")]
    [InlineData("My_App.v2", "My_App.v2")]
    public void A_safe_name_is_kept(string name, string file) => StateName.Of(name).Should().Be(file);

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData(".locks")]
    [InlineData("-rf")]
    [InlineData("a/b")]
    [InlineData("a\0b")]
    [InlineData("Müller")]
    public void Any_other_becomes_a_safe_one(string name) =>
        StateName.Of(name).Should().MatchRegex("^[A-Za-z0-9_][A-Za-z0-9._-]{0,99}$").And.NotBe(name);

    [Fact]
    public void Two_names_never_meet_in_one_file() =>
        Gen.Select(Gen.String, Gen.String).Where((one, other) => one != other).Sample((one, other) =>
            StateName.Of(one) != StateName.Of(other) && Regex.IsMatch(StateName.Of(one), "^[A-Za-z0-9_][A-Za-z0-9._-]{0,99}$"));

    [Fact]
    public void Long_names_are_cut_to_a_hundred_bytes_and_stay_apart()
    {
        var (one, other) = (StateName.Of(new string('a', 300) + "1"), StateName.Of(new string('a', 300) + "2"));

        one.Length.Should().BeLessThanOrEqualTo(100);
        one.Should().NotBe(other);
    }
}
