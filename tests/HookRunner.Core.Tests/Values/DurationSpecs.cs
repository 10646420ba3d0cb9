using HookRunner.Core.Values;

namespace HookRunner.Core.Tests.Values;

public class DurationSpecs
{
    [Theory]
    [InlineData("500ms", 0.5)]
    [InlineData("30s", 30)]
    [InlineData("45", 45)]
    [InlineData("5m", 300)]
    [InlineData("1h30m", 5400)]
    [InlineData("0", 0)]
    [InlineData("24h", 86400)]
    public void A_duration_reads_as_people_write_it(string text, double seconds)
    {
        Duration.TryParse(text, out var duration).Should().BeTrue();

        duration.TotalSeconds.Should().Be(seconds);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1:30")]
    [InlineData("5 m")]
    [InlineData("m")]
    [InlineData("30m1h")]
    [InlineData("1h1h")]
    [InlineData("-5s")]
    [InlineData("1.5s")]
    [InlineData("30x")]
    [InlineData("1h30")]
    [InlineData("25h")]
    [InlineData("99999999999999999999s")]
    public void Anything_else_is_refused(string text) =>
        Duration.TryParse(text, out _).Should().BeFalse();

    [Theory]
    [InlineData("90s", "1m30s")]
    [InlineData("3600", "1h")]
    [InlineData("250ms", "250ms")]
    [InlineData("0", "0s")]
    public void A_duration_is_shown_in_its_shortest_exact_form(string text, string shown)
    {
        Duration.TryParse(text, out var duration).Should().BeTrue();

        Duration.Format(duration).Should().Be(shown);
    }
}
