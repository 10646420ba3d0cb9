using HookRunner.Core.Diagnostics;

namespace HookRunner.Core.Tests.Sources;

public class SuggestionSpecs
{
    [Theory]
    [InlineData("AfterInstal", "AfterInstall")]
    [InlineData("afterinstall", "AfterInstall")]
    [InlineData("AfetrInstall", "AfterInstall")]
    [InlineData("ApplicationStrat", "ApplicationStart")]
    [InlineData("rum", "run")]
    [InlineData("exce", "exec")]
    [InlineData("environment", null)]
    [InlineData("x", null)]
    [InlineData("", null)]
    public void The_nearest_name_is_found_where_one_is_near(string name, string? nearest) =>
        Suggestion.Nearest(name, ["AfterInstall", "ApplicationStart", "ApplicationStop", "run", "exec"]).Should().Be(nearest);

    [Fact]
    public void Without_a_near_name_all_are_shown() =>
        Suggestion.Remedy("zzz", ["web", "job"]).Should().Be("known: web, job");

    [Fact]
    public void Without_any_name_that_is_said() =>
        Suggestion.Remedy("zzz", []).Should().Be("none is declared");

    [Fact]
    public void Names_as_long_as_a_file_are_not_compared() =>
        Suggestion.Nearest(new string('a', 500_000), [new string('a', 499_999)]).Should().BeNull();
}
