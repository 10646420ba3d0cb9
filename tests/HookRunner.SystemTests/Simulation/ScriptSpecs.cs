using System.Collections.Immutable;
using HookRunner.Core.Deployment;
using HookRunner.Core.Diagnostics;
using HookRunner.Host.Os;
using HookRunner.Simulation.Agent;

namespace HookRunner.SystemTests.Simulation;

/// <summary>One script of an event is started as the agent starts it, whatever it is.</summary>
public class ScriptSpecs
{
    [SkippableFact]
    public void With_sudo_the_agents_variables_are_gone()
    {
        Namespaces.Require();
        using var bundle = new ScriptBundle().With("BeforeInstall", "echo \"event ${LIFECYCLE_EVENT-gone} user $USER home $HOME\"", "sudo: true");

        var result = bundle.Call().Run();

        result.Output.Should().Contain("    event gone user root home /root\n");
    }

    [SkippableFact]
    public void With_runas_the_script_is_that_users_with_a_session_of_its_own()
    {
        Namespaces.Require();
        Skip.IfNot(Environment.IsPrivilegedProcess, "su needs root");
        using var bundle = new ScriptBundle()
            .With("BeforeInstall", "id -un; echo \"$LIFECYCLE_EVENT $HOME leads $(($(cut -d' ' -f6 /proc/$$/stat) != 0))\"", "runas: root");

        var result = bundle.Call().Run();

        result.Output.Should().Contain("    root\n    BeforeInstall /root leads 1\n");
    }

    [SkippableFact]
    public void A_user_that_is_not_here_is_said_and_the_script_runs_as_root()
    {
        Namespaces.Require();
        using var bundle = new ScriptBundle().With("BeforeInstall", "id -un", "runas: nobody-has-this-name");

        var result = bundle.Call().Run();

        result.Exit.Should().Be(0, result.Output);
        result.Output.Should().Contain("    root\n    note: user nobody-has-this-name is not here");
    }

    [SkippableFact]
    public void A_script_without_its_x_bit_is_made_executable_and_one_without_an_interpreter_goes_to_sh()
    {
        Namespaces.Require();
        using var bundle = new ScriptBundle().With("BeforeInstall", "").With("AfterInstall", "");
        bundle.Write("BeforeInstall-0.sh", "#!/bin/sh\necho without x\n").Write("AfterInstall-1.sh", "echo without interpreter\n", executable: true);

        var result = bundle.Call().Run();

        result.Output.Should().Contain("    without x\n").And.Contain("    without interpreter\n");
    }

    [SkippableFact]
    public void A_script_that_is_missing_or_cannot_start_fails_in_the_agents_words()
    {
        Namespaces.Require();
        using var missing = new ScriptBundle().With("BeforeInstall", "");
        File.Delete(Path.Join(missing.Path, "BeforeInstall-0.sh"));
        using var broken = new ScriptBundle().With("BeforeInstall", "");
        broken.Write("BeforeInstall-0.sh", "#!/no/such/interpreter\n", executable: true);

        missing.Call().Run().Output.Should().MatchRegex("Error code   ScriptMissing\n.*\n    Message      Script does not exist at specified location: /opt/codedeploy-agent/.*/BeforeInstall-0.sh\n");
        broken.Call().Run().Output.Should().Contain("failed with error Errno::ENOENT with message No such file or directory - /opt/codedeploy-agent/");
    }

    [Theory]
    [InlineData("/a/b.sh", null, "/a/b.sh")]
    [InlineData("/a/b.sh", "deploy", "/bin/su|deploy|-c|/a/b.sh")]
    [InlineData("/a/b$c.sh", null, "/bin/sh|-c|/a/b$c.sh")]
    public void The_command_is_one_unquoted_text(string path, string? user, string words) =>
        string.Join('|', ScriptCommand.Of(Hook(user), path, ImmutableSortedDictionary<string, string>.Empty, isUserKnown: true).Words).Should().Be(words);

    [Theory]
    [InlineData(Errno.EACCES, "Errno::EACCES with message Permission denied - /a")]
    [InlineData(Errno.ENOENT, "Errno::ENOENT with message No such file or directory - /a")]
    public void An_error_of_the_system_reads_as_Ruby_writes_it(int number, string text) =>
        RubyError.OfStart(new PosixError("start /a", number), "/a").Should().Be(text);

    [Fact]
    public void Traffic_events_take_part_only_where_their_revision_binds_them()
    {
        var next = AppSpec("BeforeBlockTraffic", "AfterAllowTraffic");
        var previous = AppSpec("AfterBlockTraffic", "BeforeAllowTraffic");

        Lifecycle.For(next, previous).Should().Equal(
            "AfterBlockTraffic", "ApplicationStop", "DownloadBundle", "BeforeInstall", "Install", "AfterInstall", "ApplicationStart",
            "ValidateService", "AfterAllowTraffic");
        Lifecycle.For(next, null).Should().NotContain(name => name.Contains("Block"));
    }

    private static AppSpecHook Hook(string? user, string name = "BeforeInstall") =>
        new(SourceLocation.Nowhere, name, "b.sh", 3600, user, Sudo: false);

    private static AppSpec AppSpec(params string[] names) =>
        new() { Source = SourceText.Nowhere, Hooks = [.. names.Select(name => Hook(null, name))] };
}
