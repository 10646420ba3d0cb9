namespace HookRunner.SystemTests.Simulation;

/// <summary>Install puts files where the agent puts them, and fails where it fails.</summary>
public class InstallSpecs
{
    private const string Files = "files:\n  - source: app\n    destination: /opt/simulated\n";

    public InstallSpecs() => Namespaces.Require();

    [SkippableFact]
    public void A_file_in_the_way_fails_the_deployment_in_the_agents_words()
    {
        using var bundle = Bundle(Files).With("BeforeInstall", "mkdir -p /opt/simulated && echo old >/opt/simulated/a.txt");

        var result = bundle.Call().Run();

        result.Exit.Should().Be(1);
        result.StatusOf("Install").Should().Be("Failed");
        result.Output.Should().Contain(
            "    Message      The deployment failed because a specified file already exists at this location: /opt/simulated/a.txt\n");
    }

    [SkippableTheory]
    [InlineData("OVERWRITE", "new")]
    [InlineData("RETAIN", "old")]
    public void A_file_in_the_way_is_treated_as_appspec_says(string behavior, string content)
    {
        using var bundle = Bundle($"file_exists_behavior: {behavior}\n{Files}")
            .With("BeforeInstall", "mkdir -p /opt/simulated && echo old >/opt/simulated/a.txt")
            .With("AfterInstall", "echo \"content: $(cat /opt/simulated/a.txt)\"");

        var result = bundle.Call().Run();

        result.Exit.Should().Be(0, result.Output);
        result.Output.Should().Contain($"    content: {content}\n");
    }

    [SkippableFact]
    public void What_the_previous_revision_installed_is_removed_first()
    {
        using var old = Bundle(Files).Write("app/gone.txt", "x\n");
        using var next = Bundle(Files).With("AfterInstall", "ls /opt/simulated");

        var result = next.Call("--from", old.Path).Run();

        result.Exit.Should().Be(0, result.Output);
        result.Output.Should().Contain("    a.txt\n").And.NotContain("gone.txt");
    }

    [SkippableFact]
    public void Modes_links_and_permissions_arrive()
    {
        using var bundle = Bundle(Files + """
            permissions:
              - object: /opt/simulated
                pattern: "*.txt"
                mode: 640
                owner: root
            """)
            .Write("app/run.sh", "", executable: true)
            .With("AfterInstall", "find /opt/simulated -type f -printf '%f %m\\n' | sort; readlink /opt/simulated/link");
        File.CreateSymbolicLink(Path.Join(bundle.Path, "app/link"), "a.txt");

        var result = bundle.Call().Run();

        result.Output.Should().Contain("    a.txt 640\n    run.sh 755\n    a.txt\n");
    }

    [SkippableFact]
    public void An_owner_that_is_not_here_is_said_and_stays_as_it_is()
    {
        using var bundle = Bundle(Files + """
            permissions:
              - object: /opt/simulated
                owner: nobody-has-this-name
                acls: ["u:nobody:rw"]
            """);

        var result = bundle.Call().Run();

        result.Exit.Should().Be(0, result.Output);
        result.Output.Should().Contain("    note: owner nobody-has-this-name is not here")
            .And.Contain("    note: acls and context of /opt/simulated are not set");
    }

    private static ScriptBundle Bundle(string appSpec) => new ScriptBundle().WithAppSpec(appSpec).Write("app/a.txt", "new\n");
}
