namespace HookRunner.SystemTests.Simulation;

/// <summary>What cannot be simulated is refused before anything runs.</summary>
public class BadCallSpecs
{
    [Theory]
    [InlineData("--no-sandbox", "add `--yes`")]
    [InlineData("--events=AfterInstal", "`AfterInstal` is no lifecycle event; did you mean `AfterInstall`?")]
    [InlineData("--set=novalue", "is no `NAME=VALUE`")]
    [InlineData("--real=servce", "did you mean `service`?")]
    [InlineData("--real=service", "needs `--no-sandbox`")]
    public void Wrong_usage_is_exit_2_and_says_what_is_right(string option, string message)
    {
        using var bundle = new ScriptBundle();

        var result = bundle.Call(option).Run();

        result.Exit.Should().Be(2);
        result.Output.Should().StartWith("error: ").And.Contain(message);
    }

    [Fact]
    public void A_folder_that_is_no_bundle_is_exit_3()
    {
        var result = new SimulateCall("/usr/share", "Staging-APP").Run();

        result.Exit.Should().Be(3);
        result.Output.Should().Contain("`/usr/share` holds no `appspec.yml`");
    }

    [Fact]
    public void A_name_that_only_one_agent_finds_is_said()
    {
        using var bundle = new ScriptBundle();
        File.Move(Path.Join(bundle.Path, "appspec.yml"), Path.Join(bundle.Path, "appspec.yaml"));

        var result = bundle.Call().Run();

        result.Exit.Should().Be(3);
        result.Output.Should().Contain("rename `appspec.yaml`");
    }

    [Fact]
    public void A_misspelt_event_in_appspec_is_exit_3_with_its_place()
    {
        using var bundle = new ScriptBundle().With("AfterInstal", "echo never");

        var result = bundle.Call().Run();

        result.Exit.Should().Be(3);
        result.Output.Should().Contain("appspec.yml:5:3: error: `AfterInstal` is no lifecycle event").And.Contain("did you mean `AfterInstall`?");
    }
}
