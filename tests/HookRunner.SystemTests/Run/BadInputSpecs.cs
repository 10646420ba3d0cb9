using HookRunner.Host.Tests;
using HookRunner.SystemTests.Support;

namespace HookRunner.SystemTests.Run;

/// <summary>What users get wrong: each has its own message, and nothing is done before it.</summary>
public class BadInputSpecs
{
    private const string Marker = "\n    - run: touch @ROOT@/done";

    [Theory]
    [InlineData("version: 2\nhooks: {}", "version")]
    [InlineData("version: 1\nhoks: {}", "hooks")]
    [InlineData("version: 1\nhooks:\n  AfterInstal: []", "AfterInstall")]
    [InlineData("version: 1\nhooks:\n  AfterInstall:" + Marker + "\n    - rum: x", "run")]
    [InlineData("version: 1\nhooks:\n  AfterInstall:" + Marker + "\n    - { run: x, exec: [y] }", "exec")]
    [InlineData("version: 1\nhooks:\n  AfterInstall:" + Marker + "\n    - { run: x, timeout: 1:30 }", "1:30")]
    [InlineData("version: 1\nhooks:\n  AfterInstall:" + Marker + "\n    - { run: x, retri: 3 }", "retry")]
    [InlineData("version: 1\nhooks:\n  AfterInstall:" + Marker + "\n    - exec: [echo, \"${nothing}\"]", "nothing")]
    [InlineData("version: 1\nhooks:\n  AfterInstall:" + Marker + "\n\t- run: x", "tab")]
    [InlineData("version: 1\nhooks:\n  AfterInstall:" + Marker + "\n    - script: missing.sh", "the bundle holds no `missing.sh`")]
    [InlineData("version: 1\nhooks:\n  AfterInstall:" + Marker + "\n    - { run: x, env_file: gone.env }", "the bundle holds no `gone.env`")]
    [InlineData("version: 1\nhooks: [", "")]
    [InlineData("", "holds nothing")]
    public void A_mistake_in_the_file_is_told_with_its_place_and_nothing_runs(string file, string named)
    {
        using var bundle = Bundle.Create("version: 1");
        bundle.Write("hookrunner.yml", file.Replace("@ROOT@", bundle.Root, StringComparison.Ordinal));

        var result = bundle.Under18("AfterInstall");

        result.Exit.Should().Be(new HookExit(3, null), result.Text);
        result.Log.Should().Contain("AfterInstall was not run").And.MatchRegex(@"hookrunner\.yml(:\d+:\d+)?: error: ");
        result.Log.Contains(named, StringComparison.Ordinal).Should().BeTrue(result.Log);
        File.Exists(bundle.PathOf("done")).Should().BeFalse();
    }

    [Fact]
    public void An_unknown_group_is_refused_and_the_known_ones_are_named()
    {
        using var bundle = Bundle.Create("""
            version: 1
            environments:
              production: { groups: [Production-APP] }
              staging: { groups: ["Stage-*"] }
            hooks: { AfterInstall: [{ run: touch @ROOT@/done }] }
            """);

        var result = bundle.Under18("AfterInstall");

        result.Exit.Should().Be(new HookExit(3, null));
        result.Log.Should().Contain("Staging-APP").And.Contain("Production-APP").And.Contain("Stage-*");
        File.Exists(bundle.PathOf("done")).Should().BeFalse();
    }

    [Fact]
    public void A_group_without_a_role_is_refused_where_roles_are_declared()
    {
        using var bundle = Bundle.Create("""
            version: 1
            roles: { web: { groups: ["*-WEB"] } }
            hooks: { AfterInstall: [{ run: "true" }] }
            """);

        bundle.Under18("AfterInstall").Log.Should().Contain("role").And.Contain("Staging-APP").And.Contain("*-WEB");
    }

    [Fact]
    public void All_mistakes_are_told_at_once()
    {
        using var bundle = Bundle.Create("""
            version: 1
            hooks:
              AfterInstall:
                - { run: a, timeout: soon }
                - { rum: b }
                - { run: c, usr: d }
            """);

        bundle.Under18("AfterInstall").Log.Should().Contain(":4:").And.Contain(":5:").And.Contain(":6:").And.Contain("3 mistakes");
    }

    [Fact]
    public void A_bundle_without_the_file_says_where_it_looked()
    {
        using var bundle = Bundle.Create("version: 1");
        File.Delete(Path.Join(bundle.Archive, "hookrunner.yml"));

        var result = bundle.Under18("AfterInstall");

        result.Exit.Should().Be(new HookExit(3, null));
        result.Log.Should().Contain("there is no hookrunner.yml in").And.Contain(bundle.Archive);
    }

    [Theory]
    [InlineData("ApplicationStop")]
    [InlineData("BeforeBlockTraffic")]
    [InlineData("AfterBlockTraffic")]
    public void A_bad_file_of_a_previous_revision_is_told_loudly_and_blocks_nothing(string name)
    {
        using var bundle = Bundle.Create("version: 1\nhoks: {}\n");

        var result = bundle.Under18(name);

        result.Exit.Should().Be(new HookExit(0, null));
        result.Text.Should().Contain("unknown key `hoks`").And.Contain("the deployment goes on");
    }

    [Fact]
    public void At_BeforeInstall_a_mistake_in_any_event_is_found()
    {
        using var bundle = Bundle.Create("""
            version: 1
            hooks:
              BeforeInstall: [{ run: touch @ROOT@/done }]
              ApplicationStop: [{ exec: [echo, "${undefined_here}"] }]
            """);

        var result = bundle.Under18("BeforeInstall");

        result.Exit.Should().Be(new HookExit(3, null));
        result.Log.Should().Contain("undefined_here");
        File.Exists(bundle.PathOf("done")).Should().BeFalse();
    }

    [Fact]
    public void Sudo_true_is_recognised_and_explained()
    {
        using var bundle = Bundle.Create("version: 1");
        var start = new ProcessStart(Path.Join(bundle.Archive, "hookrunner"), [],
            AgentEnvironment.Service.SetItem("SUDO_COMMAND", "/x/hookrunner").SetItem("SUDO_USER", "root"), ClosedPipeAsInput: true, 18);

        using var process = HookProcess.Start(start);
        var log = new AgentLog18();
        log.Attach(process.Output);
        process.Follow(TimeSpan.FromSeconds(30), () => process.Exit is not null && process.Output.Finished);

        process.Exit.Should().Be(new HookExit(3, null));
        string.Join('\n', log.Lines).Should().Contain("sudo took the agent's variables away").And.Contain("`sudo: true`");
    }

    [NeedsFact("root")]
    public void As_another_user_than_root_a_writable_state_is_demanded()
    {
        using var bundle = Bundle.Create("""
            version: 1
            state: /var/lib/hookrunner-not-for-others
            hooks: { AfterInstall: [{ run: touch @ROOT@/done }] }
            """);

        var result = new Agent18().Run(bundle.Call("AfterInstall") with { Location = AsNobody(bundle) });

        result.Exit.Should().Be(new HookExit(3, null), result.Text);
        result.Log.Should().Contain("hookrunner runs as nobody").And.Contain("state: DIRECTORY");
    }

    [NeedsFact("root")]
    public void A_previous_revision_without_a_place_for_its_state_blocks_nothing()
    {
        using var bundle = Bundle.Create("""
            version: 1
            state: /var/lib/hookrunner-not-for-others
            hooks: { ApplicationStop: [{ run: touch @ROOT@/done }] }
            """);

        var result = new Agent18().Run(bundle.Call("ApplicationStop") with { Location = AsNobody(bundle) });

        result.Exit.Should().Be(new HookExit(0, null), result.Text);
        result.Text.Should().Contain("no place for state").And.Contain("the deployment goes on");
        File.Exists(bundle.PathOf("done")).Should().BeFalse();
    }

    [NeedsFact("root")]
    public void As_another_user_than_root_a_steps_user_is_refused_with_the_remedy()
    {
        using var bundle = Bundle.Create("""
            version: 1
            state: @ROOT@/open
            hooks: { AfterInstall: [{ run: "true", user: www-data }] }
            """);
        Directory.CreateDirectory(bundle.PathOf("open"), (UnixFileMode)511);
        File.SetUnixFileMode(bundle.PathOf("open"), (UnixFileMode)511);

        var result = new Agent18().Run(bundle.Call("AfterInstall") with { Location = AsNobody(bundle) });

        result.Exit.Should().Be(new HookExit(1, null), result.Text);
        result.Log.Should().Contain("may not become www-data").And.Contain("let the agent run the hook as root");
    }

    /// <summary>What `runas:` does, without su's own ideas of the environment.</summary>
    private static string AsNobody(Bundle bundle)
    {
        bundle.Write("as-nobody", $"#!/bin/sh\nexec setpriv --reuid=nobody --regid=nogroup --clear-groups {bundle.Archive}/hookrunner\n", "755");
        return "as-nobody";
    }
}
