namespace HookRunner.Core.Tests.Architecture;

/// <summary>How long things may get before they are two things.</summary>
public class BudgetSpecs
{
    [Fact]
    public void No_file_is_longer_than_250_lines()
    {
        var longer = Repository.Sources.Where(file => file.Lines.Length > 250).Select(file => $"{file}: {file.Lines.Length}");

        longer.Should().BeEmpty();
    }

    [Theory]
    [InlineData(0.5, 60)]
    [InlineData(0.95, 170)]
    public void Most_files_are_short(double share, int most)
    {
        var lengths = Repository.Sources.Select(file => file.Lines.Length).Order().ToList();

        lengths[(int)(share * lengths.Count)].Should().BeLessThanOrEqualTo(most);
    }

    [Fact]
    public void No_method_is_longer_than_50_lines()
    {
        var longer = Repository.Sources.SelectMany(MethodLengths.Of).Where(item => item.Lines > 50);

        longer.Should().BeEmpty();
    }

    [Fact]
    public void Nineteen_methods_of_twenty_have_at_most_30_lines()
    {
        var lengths = Repository.Sources.SelectMany(MethodLengths.Of).Select(item => item.Lines).Order().ToList();

        lengths.Should().HaveCountGreaterThan(500, "the counter finds them");
        lengths[(int)(0.95 * lengths.Count)].Should().BeLessThanOrEqualTo(30);
    }
}
