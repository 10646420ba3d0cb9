using System.Collections.Immutable;
using HookRunner.SystemTests.Support;

namespace HookRunner.SystemTests.Harness;

/// <summary>What a hook finds around it: the same under both agents unless the test says otherwise.</summary>
public class StartSpecs
{
    public static TheoryData<string> Agents => ["1.8", "2"];

    [Theory]
    [MemberData(nameof(Agents))]
    public void A_hook_leads_its_process_group_and_stays_in_the_agents_session(string version)
    {
        using var bundle = HookScript.Bundle("read -r _ _ _ _ group session _ < /proc/$$/stat; echo $(( group == $$ )) $session");

        var result = bundle.RunUnder(Agent(version));

        result.AllLines.Should().Equal($"1 {SessionOf(Environment.ProcessId)}");
    }

    [Theory]
    [MemberData(nameof(Agents))]
    public void A_hook_has_three_descriptors_no_arguments_and_the_root_as_directory(string version)
    {
        using var bundle = HookScript.Bundle("echo $PWD $#; exec 3< <(:); ls /proc/$PPID/fd >/dev/null; exec 3<&-; ls /proc/self/fd | tr '\\n' ' '");

        var result = bundle.RunUnder(Agent(version));

        result.AllLines.Should().Equal("/ 0", "0 1 2 3 "); // 3 is ls's own, of the folder it lists
    }

    [Theory]
    [InlineData("1.8", "pipe:", "0022")]
    [InlineData("2", "/dev/null", "0027")]
    public void Input_is_at_its_end_and_the_umask_is_the_agents(string version, string input, string umask)
    {
        using var bundle = HookScript.Bundle("readlink /proc/$$/fd/0; read -r line || echo end; umask");

        var result = bundle.RunUnder(Agent(version));

        result.AllLines[0].Should().StartWith(input);
        result.AllLines[1..].Should().Equal("end", umask);
    }

    [Theory]
    [MemberData(nameof(Agents))]
    public void No_signal_is_blocked_or_ignored(string version)
    {
        using var bundle = HookScript.Bundle("exec grep -E '^Sig(Blk|Ign)' /proc/self/status");
        const ulong ThreadLibrary = 0b11UL << 31; // 32 and 33 are the C library's own: a test host may have them ignored

        var result = bundle.RunUnder(Agent(version));

        result.AllLines.Select(line => Convert.ToUInt64(line.Split('\t')[1], 16) & ~ThreadLibrary).Should().Equal(0UL, 0UL);
    }

    [Fact]
    public void The_environment_is_the_units_shell_with_the_deployments_variables()
    {
        using var bundle = HookScript.Bundle("exec env -0");
        var revision = ImmutableSortedDictionary<string, string>.Empty.Add("BUNDLE_BUCKET", "builds");

        var result = new Agent18().Run(bundle.Call("ValidateService") with { Group = "Production-APP", Revision = revision });

        var names = result.Text.Split('\0', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('=')[0]).ToList();
        names.Should().Contain(["PATH", "LANG", "IFS", "BASH_VERSION", "PS4", "BUNDLE_BUCKET", "DEPLOYMENT_GROUP_ID"]);
        names.Should().NotContain(["HOME", "USER", "LOGNAME", "BUNDLE_ETAG"]);
        result.Text.Should().Contain("LIFECYCLE_EVENT=ValidateService\0").And.Contain("DEPLOYMENT_GROUP_NAME=Production-APP\0");
    }

    [Fact]
    public void A_restricted_agent_2_gives_PATH_and_the_five_variables_only()
    {
        using var bundle = HookScript.Bundle("exec env");

        var result = bundle.RunUnder(new Agent2 { RestrictEnvironment = true });

        result.AllLines.Select(line => line.Split('=')[0]).Except(["PWD", "SHLVL", "_"]).Order().Should().Equal(
            "APPLICATION_NAME", "DEPLOYMENT_GROUP_ID", "DEPLOYMENT_GROUP_NAME", "DEPLOYMENT_ID", "LIFECYCLE_EVENT", "PATH");
    }

    [Fact]
    public void Secrets_of_an_on_premises_agent_are_inherited_under_1_8()
    {
        using var bundle = HookScript.Bundle("echo $AWS_SECRET_KEY");
        var secrets = ImmutableSortedDictionary<string, string>.Empty.Add("AWS_SECRET_KEY", "s3cret");

        var result = bundle.RunUnder(new Agent18 { ExtraEnvironment = secrets });

        result.AllLines.Should().Equal("s3cret");
    }

    [Theory]
    [MemberData(nameof(Agents))]
    public void A_missing_script_is_code_1_and_a_lost_x_bit_is_put_back(string version)
    {
        using var bundle = Bundle.Empty();
        var missing = bundle.RunUnder(Agent(version));
        bundle.Write("hookrunner", "#!/bin/sh\necho ran\n", "644");

        var repaired = bundle.RunUnder(Agent(version));

        missing.ErrorCode.Should().Be(AgentErrorCode.ScriptMissing);
        missing.Message.Should().Be($"Script does not exist at specified location: {bundle.Archive}/hookrunner");
        repaired.AllLines.Should().Equal("ran");
    }

    [Fact]
    public void A_text_without_interpreter_is_run_by_sh_under_1_8_and_fails_under_2()
    {
        using var bundle = Bundle.Empty();
        bundle.Write("hookrunner", "echo $0\n", "755");

        var old = bundle.RunUnder(new Agent18());
        var now = bundle.RunUnder(new Agent2());

        old.AllLines.Should().Equal($"{bundle.Archive}/hookrunner");
        now.ErrorCode.Should().Be(AgentErrorCode.Failed);
        now.Message.Should().EndWith("failed with error Exec format error (os error 8)");
    }

    [Fact]
    public void Arguments_after_the_location_are_part_of_its_name()
    {
        using var bundle = HookScript.Bundle("echo never");

        var result = new Agent18().Run(bundle.Call("ApplicationStart") with { Location = "hookrunner --flag" });

        result.ErrorCode.Should().Be(AgentErrorCode.ScriptMissing);
    }

    internal static Agent Agent(string version) => version == "1.8" ? new Agent18() : new Agent2();

    private static string SessionOf(int pid) => File.ReadAllText($"/proc/{pid}/stat").Split(") ")[^1].Split(' ')[3];
}
