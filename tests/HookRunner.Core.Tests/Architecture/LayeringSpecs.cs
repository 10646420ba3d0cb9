namespace HookRunner.Core.Tests.Architecture;

/// <summary>Each folder knows only what stands before it.</summary>
public class LayeringSpecs
{
    [Theory]
    [InlineData("HookRunner.Core", "Diagnostics Values Yaml Deployment Steps Language Planning Checking Reporting Reference")]
    [InlineData("HookRunner.Host", "Os Output Processes State Releases Steps Bundles Logging Execution")]
    [InlineData("HookRunner", "Simulation Commands")]
    public void A_folder_uses_only_folders_before_it(string project, string folders)
    {
        var order = folders.Split(' ');
        var files = Repository.Sources.Where(file => file.Project == project && file.Folder != "").ToList();

        var wrong = files
            .SelectMany(file => file.FoldersUsed().Select(used => (file, used)))
            .Where(item => Array.IndexOf(order, item.used) > Array.IndexOf(order, item.file.Folder))
            .Select(item => $"{item.file} uses {item.used}");

        files.Select(file => file.Folder).Distinct().Should().BeEquivalentTo(order, "a new folder has a place in the order");
        wrong.Should().BeEmpty();
    }

    [Theory]
    [InlineData("HookRunner.Core", "HookRunner.Host HookRunner.Commands HookRunner.Simulation CliWrap Polly Serilog")]
    [InlineData("HookRunner.Host", "HookRunner.Commands HookRunner.Simulation System.CommandLine YamlDotNet")]
    public void A_project_knows_nothing_of_what_is_built_on_it(string project, string forbidden)
    {
        var files = Repository.Sources.Where(file => file.Project == project).ToList();

        var wrong = files
            .SelectMany(file => file.Code
                .Where(line => forbidden.Split(' ').Any(name => line.StartsWith($"using {name}", StringComparison.Ordinal)))
                .Select(line => $"{file}: {line}"));

        files.Should().NotBeEmpty();
        wrong.Should().BeEmpty();
    }

    [Fact]
    public void A_namespace_is_its_folder()
    {
        var wrong = Repository.Sources
            .Select(file => (file, names: file.Lines.Where(line => line.StartsWith("namespace ", StringComparison.Ordinal))))
            .Where(item => item.names.Any(name => name != $"namespace {Path.GetDirectoryName(item.file.Path[4..])!.Replace('/', '.')};"))
            .Select(item => item.file);

        wrong.Should().BeEmpty();
    }

    [Fact]
    public void The_top_of_the_repository_holds_what_it_should()
    {
        string[] known = ["src", "tests", "appspec", "packaging", "HookRunner.sln", "build.ps1", "README.md", "LICENSE", "global.json", "artifacts", "TestResults"];

        var others = Directory.EnumerateFileSystemEntries(Repository.Root)
            .Select(path => Path.GetFileName(path))
            .Where(name => !name.StartsWith('.') && !name.StartsWith("Directory.", StringComparison.Ordinal))
            .Except(known, StringComparer.Ordinal);

        others.Should().BeEmpty();
    }
}
