namespace HookRunner.Core.Tests.Language;

public class ValidFileSpecs
{
    public static string Text { get; } = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Language", "Fixtures", "valid.yml"));

    [Fact]
    public void The_whole_language_reads_without_a_diagnostic()
    {
        var file = Reading.File(Text);

        file.Environments.Select(scope => scope.Name).Should().Equal("production", "staging");
        file.Hooks.Should().HaveCount(5);
    }
}
