using HookRunner.Core.Diagnostics;

namespace HookRunner.Core.Tests.Sources;

public class DiagnosticTextSpecs
{
    private static readonly SourceText Source = new("hookrunner.yml", "first\n\tsecond \u0001 line\n" + new string('x', 300) + "!\n");

    [Fact]
    public void A_diagnostic_is_its_place_its_line_with_a_caret_and_its_remedy() =>
        Rendered(2, 2, "`second` is wrong", "write `2nd`").Should().Be(
            """
            hookrunner.yml:2:2: error: `second` is wrong
                 second ? line
                 ^
                write `2nd`

            """);

    [Fact]
    public void A_long_line_is_cut_around_its_caret()
    {
        var lines = Rendered(3, 301, "x").Split('\n');

        lines[1].Length.Should().BeLessThan(130);
        lines[1][lines[2].IndexOf('^', StringComparison.Ordinal)].Should().Be('!');
    }

    [Fact]
    public void What_a_message_quotes_stays_on_one_line_and_in_bounds()
    {
        var lines = Rendered(1, 1, $"`a\nb\u001b[1m{new string('z', 5000)}` is wrong").Split('\n');

        lines.Should().HaveCount(4);
        lines[0].Should().StartWith("hookrunner.yml:1:1: error: `a\\nb\\u001B[1mzz").And.EndWith("z...");
        lines[0].Length.Should().BeLessThan(700);
    }

    [Fact]
    public void The_same_mistake_counts_once_and_all_come_in_the_order_of_the_file()
    {
        var bag = new DiagnosticBag();
        bag.Warning(Source.At(8), "later");
        bag.Error(Source.At(0), "sooner");
        bag.Warning(Source.At(8), "later");

        bag.Sorted().Select(item => item.Message).Should().Equal("sooner", "later");
    }

    [Fact]
    public void What_is_too_much_is_counted()
    {
        var bag = new DiagnosticBag();
        for (var i = 0; i < 70; i++)
        {
            bag.Error(Source.At(0), $"mistake {i}");
        }

        DiagnosticText.Render(bag).Should().Contain("mistake 49").And.NotContain("mistake 50").And.EndWith("... and 20 more\n");
    }

    private static string Rendered(int line, int column, string message, string? remedy = null) =>
        DiagnosticText.Render(new Diagnostic(Severity.Error, new SourceLocation(Source, line, column), message, remedy));
}
