using HookRunner.Host.Tests;
using HookRunner.SystemTests.Support;

namespace HookRunner.SystemTests.Run;

/// <summary>Every way in which a step can fail has a reason that can be read.</summary>
public class FailingStepSpecs
{
    [Theory]
    [InlineData("{ exec: [no-such-program] }", "no-such-program", "/usr/local/sbin:")]
    [InlineData("{ run: 'true', user: nobody-here }", "user `nobody-here` does not exist", "")]
    [InlineData("{ run: 'true', cwd: /no/such/folder }", "/no/such/folder", "")]
    [InlineData("{ exec: [/etc/passwd] }", "/etc/passwd", "not executable")]
    [InlineData("{ exec: [./lost-interpreter] }", "/no/such/interpreter", "")]
    [InlineData("{ exec: [./other-machine] }", "built for", "")]
    [InlineData("{ script: crlf.sh }", "CRLF", "")]
    [InlineData("{ run: kill -SEGV $$ }", "SIGSEGV", "")]
    [InlineData("{ run: sleep 60, timeout: 300ms }", "timeout: 300ms", "")]
    [InlineData("{ run: nonsense-command --x }", "`nonsense-command` was not found on PATH", "hint: install it")]
    [InlineData("{ run: 'nonsense-command || nonsense-too' }", "exit status 127", "hint: 127")]
    [InlineData("{ run: 'true', env_file: @ROOT@/gone.env }", "gone.env", "optional: true")]
    [InlineData("{ link: { path: @ROOT@/nowhere/app, to: @ROOT@ } }", "@ROOT@/nowhere", "")]
    public void A_failing_step_says_why(string step, string reason, string further)
    {
        using var bundle = Bundle.Create($"version: 1\nhooks:\n  AfterInstall:\n    - {step}\n    - run: touch @ROOT@/never\n");
        bundle.Write("lost-interpreter", "#!/no/such/interpreter\n", "755");
        bundle.Write("crlf.sh", "#!/bin/sh\r\necho hi\r\n", "755");
        WriteElfOfOtherMachine(bundle.Write("other-machine", "", "755"));

        var result = bundle.Under18("AfterInstall");

        result.ErrorCode.Should().Be(AgentErrorCode.Failed, result.Text);
        result.Log.Should().Contain("AfterInstall failed at step 1 of 2");
        result.Log.Should().Contain(reason.Replace("@ROOT@", bundle.Root, StringComparison.Ordinal));
        result.Log.Contains(further.Replace("@ROOT@", bundle.Root, StringComparison.Ordinal), StringComparison.Ordinal).Should().BeTrue(result.Log);
        File.Exists(bundle.PathOf("never")).Should().BeFalse();
    }

    [Fact]
    public void A_log_place_that_cannot_be_written_stops_no_deployment_and_is_told()
    {
        using var bundle = Bundle.Create("version: 1\nhooks: { AfterInstall: [{ run: echo went on }] }\n");
        Directory.CreateDirectory(Path.Join(bundle.State, "sample"));
        File.WriteAllText(Path.Join(bundle.State, "sample", "log"), "a file where the folder should be");

        var result = bundle.Under18("AfterInstall");

        result.ErrorCode.Should().Be(AgentErrorCode.Succeeded, result.Text);
        result.AllLines.Should().Contain("went on").And.ContainMatch("warning: the output of steps is not kept: *");
    }

    [NeedsFact("root")]
    public void On_a_full_disk_the_deployment_goes_on_and_tells_that_its_output_is_not_kept()
    {
        using var bundle = Bundle.Create("version: 1\nhooks: { AfterInstall: [{ run: seq 20000 }, { run: echo went on }] }\n");
        Directory.CreateDirectory(bundle.State);
        bundle.Write("on-a-full-disk", $"""
            #!/bin/sh
            exec unshare -m --propagation private sh -c 'mount -t tmpfs -o size=64k none {bundle.State} && exec {bundle.Archive}/hookrunner'
            """, "755");

        var result = new Agent18().Run(bundle.Call("AfterInstall") with { Location = "on-a-full-disk" });

        result.ErrorCode.Should().Be(AgentErrorCode.Succeeded, result.Text);
        result.AllLines.Should().Contain("went on").And.ContainMatch("warning: the output of steps is not kept: *ENOSPC*");
    }

    /// <summary>The header of an executable for a machine that none of ours is (EM_S390).</summary>
    private static void WriteElfOfOtherMachine(string path)
    {
        var header = new byte[64];
        byte[] start = [0x7F, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1];
        start.CopyTo(header, 0);
        (header[16], header[18], header[20]) = (2, 22, 1);
        File.WriteAllBytes(path, header);
    }
}
