using System.Text.RegularExpressions;
using HookRunner.Core.Reference;
using HookRunner.Host.Steps;
using HookRunner.SystemTests.Support;

namespace HookRunner.SystemTests.Documentation;

/// <summary>What README says is so.</summary>
public class ReadmeSpecs
{
    /// <summary>Run with HOOKRUNNER_UPDATE_README=1 to write the tables anew.</summary>
    [Fact]
    public void Its_reference_is_what_the_declarations_say()
    {
        var reference = LanguageReference.Markdown(StepCatalog.All);
        if (Environment.GetEnvironmentVariable("HOOKRUNNER_UPDATE_README") == "1")
        {
            Readme.WriteReference(reference);
        }

        Readme.Reference.Should().Be(reference);
    }

    /// <summary>Written anew by the same variable.</summary>
    [Fact]
    public void The_schema_beside_the_samples_is_what_the_command_prints()
    {
        var path = Path.Join(Readme.Repository, "appspec/hookrunner.schema.json");
        var printed = Command.Run(Readme.Repository, ["schema"]).Text;
        if (Environment.GetEnvironmentVariable("HOOKRUNNER_UPDATE_README") == "1")
        {
            File.WriteAllText(path, printed);
        }

        File.ReadAllText(path).Should().Be(printed);
    }

    [Fact]
    public void Its_samples_are_a_bundle_that_passes_check_and_can_be_planned()
    {
        using var bundle = Adopted();

        var check = Command.Run(bundle.Archive, Words(Readme.Blocks("sh")[2], 0));
        var plan = Command.Run(bundle.Archive, Words(Readme.Blocks("sh")[2], 1));

        check.Should().Match<Command.Result>(result => result.Status == 0 && result.Text.Contains("0 errors"), check.Text);
        plan.Should().Match<Command.Result>(result => result.Status == 0 && result.Text.Contains("scripts/after_install.sh"), plan.Text);
    }

    [Fact]
    public void Its_sample_of_releases_passes_check_and_can_be_planned()
    {
        using var bundle = Adopted();
        bundle.WriteHookFile(Readme.Blocks("yaml")[2]);

        var check = Command.Run(bundle.Archive, ["check", "."]);
        var plan = Command.Run(bundle.Archive, ["plan", "AfterInstall", "--group", "Production-APP", "--bundle", "."]);

        check.Text.Should().Contain("0 errors");
        plan.Text.Should().Contain("release stage").And.Contain("release activate");
    }

    /// <summary>The first one is a beginning, of which check says what would be better.</summary>
    [Fact]
    public void Its_further_samples_pass_check_without_a_warning()
    {
        using var bundle = Adopted();
        bundle.Write("appspec.yml", File.ReadAllText(Path.Join(bundle.Archive, "appspec.yml")).Replace(
            "\nhooks:\n", "\nhooks:\n  ApplicationStart: [{ location: hookrunner, timeout: 300 }]\n", StringComparison.Ordinal));
        var samples = Readme.Blocks("yaml").Where(block => block.StartsWith("version: 1\n", StringComparison.Ordinal)).Skip(1).ToList();

        samples.Should().HaveCountGreaterThan(2);
        samples.Select(Checked).Should().AllSatisfy(said => said.Should().EndWith("0 errors, 0 warnings\n"));

        string Checked(string sample)
        {
            bundle.WriteHookFile(sample);
            return Command.Run("/", "check", bundle.Archive).Text;
        }
    }

    [Fact]
    public void Its_table_of_commands_has_them_all()
    {
        var help = Command.Run("/", "--help").Text;
        var commands = help[help.IndexOf("Commands:\n", StringComparison.Ordinal)..].Split('\n')[1..]
            .Where(line => line.Length > 0).Select(line => line.Trim().Split(' ')[0]).ToList();

        commands.Should().HaveCountGreaterThan(5);
        commands.Where(command => !Regex.IsMatch(Readme.Text, $@"^\| .*`{command}\b.* \|", RegexOptions.Multiline)).Should().BeEmpty();
    }

    [Fact]
    public void Its_table_of_a_scripts_lines_shows_steps_that_pass_check()
    {
        var steps = Readme.Table("in a script").SelectMany(cell => Regex.Matches(cell, "`(\\{ .*? \\})`(?=[,; ]|$)").Select(match => match.Groups[1].Value)).ToList();
        using var bundle = Bundle.Create($"version: 1\nenvironments: {{ production: {{ default: true }} }}\nhooks:\n  AfterInstall:\n{string.Concat(steps.Select(step => $"    - {step}\n"))}", timeout: 300);
        bundle.Write("release.env", "A=b\n");
        bundle.Write("scripts/rest.sh", "#!/bin/sh\nls\n", "755");

        var check = Command.Run("/", "check", bundle.Archive);

        steps.Should().HaveCountGreaterThan(20);
        check.Text.Should().EndWith("0 errors, 0 warnings\n");
    }

    [Fact]
    public void Its_table_of_a_scripts_lines_names_every_kind()
    {
        var cells = string.Concat(Readme.Table("in a script"));

        StepCatalog.All.Select(kind => kind.Name).Where(kind => !cells.Contains($"{kind}:", StringComparison.Ordinal)).Should().BeEmpty();
    }

    [SkippableFact]
    public void Its_samples_deploy_under_simulate()
    {
        using var bundle = Adopted();

        var simulated = Command.Run(bundle.Archive, Words(Readme.Blocks("sh")[2], 2));

        simulated.Status.Should().Be(0, simulated.Text);
    }

    [Fact]
    public void Its_two_commands_are_the_ones_that_the_gate_runs()
    {
        Readme.Blocks("sh")[0].Trim().Should().Be("dotnet run --project src/HookRunner -- simulate appspec/sample --group Production-APP");
        Readme.Blocks("sh")[1].Trim().Should().Be("dotnet test");
        Directory.Exists(Path.Join(Readme.Repository, "appspec/sample")).Should().BeTrue();
    }

    [SkippableFact]
    public void Its_first_command_deploys_the_sample()
    {
        var words = Readme.Blocks("sh")[0].Trim().Split(" -- ")[1];

        var simulated = Command.Run(Readme.Repository, words.Split(' '));

        simulated.Status.Should().Be(0, simulated.Text);
        simulated.Text.Should().Contain("ValidateService");
    }

    /// <summary>A bundle as the three steps of README make it.</summary>
    private static Bundle Adopted()
    {
        var bundle = Bundle.Create(Readme.Blocks("yaml")[1]);
        bundle.Write("appspec.yml", Readme.Blocks("yaml")[0] + "files:\n  - source: app\n    destination: /opt/app-codedeploy\n");
        bundle.Write("app/index.html", "hello\n");
        bundle.Write("scripts/before_install.sh", "#!/bin/sh\necho before\n", "755");
        bundle.Write("scripts/after_install.sh", "#!/bin/sh\necho after\n", "755");
        return bundle;
    }

    private static string[] Words(string block, int line) => block.Trim().Split('\n')[line].Split(' ')[1..];
}
