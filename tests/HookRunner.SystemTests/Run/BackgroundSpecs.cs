using HookRunner.Host.Tests;
using HookRunner.SystemTests.Support;

namespace HookRunner.SystemTests.Run;

/// <summary>Where no systemd runs, a `background` step starts a program detached.</summary>
public class BackgroundSpecs
{
    public static TheoryData<string> Both => Agents.Both;

    [Theory, MemberData(nameof(Both))]
    public void It_outlives_the_event_although_a_later_step_fails_or_is_stopped(string version)
    {
        using var bundle = Bundle.Create("""
            version: 1
            hooks:
              ApplicationStart:
                - background: { command: 'echo serving; (sleep 987 &); exec sleep 988', log: @ROOT@/app.log, pid_file: @ROOT@/app.pid, alive_for: 300ms }
                - run: trap '' TERM; sleep 986 & sleep 985
                  timeout: 1s
                  allow_failure: true
                - run: exit 7
            """);

        var result = Agents.Of(version).Run(bundle.Call("ApplicationStart"));

        result.Exit.Should().Be(new HookExit(1, null), result.Text);
        result.AllLines.Should().NotContainMatch("*left running*");
        Eventually.Holds(() => CommandsOf(bundle).Order().SequenceEqual(["sleep 987", "sleep 988"]));
        File.ReadAllText(bundle.PathOf("app.log")).Should().Be("serving\n");
    }

    [Fact]
    public void The_next_deployment_takes_its_place_and_the_previous_revision_stops_it()
    {
        using var bundle = Bundle.Create("""
            version: 1
            hooks:
              ApplicationStop: [{ stop_process: { pid_file: @ROOT@/app.pid } }]
              ApplicationStart:
                - background: { command: [sleep, '987'], log: @ROOT@/app.log, pid_file: @ROOT@/app.pid, alive_for: 100ms }
            """);
        var first = bundle.Under18("ApplicationStart");
        var pid = File.ReadAllText(bundle.PathOf("app.pid")).Trim();

        var second = new Agent18().Run(bundle.Call("ApplicationStart") with { DeploymentId = bundle.DeploymentId + "X" });
        var newPid = File.ReadAllText(bundle.PathOf("app.pid")).Trim();
        var stopped = bundle.Under18("ApplicationStop");
        var again = bundle.Under18("ApplicationStop");

        first.ErrorCode.Should().Be(AgentErrorCode.Succeeded, first.Text);
        second.Text.Should().Contain($"runs as pid {newPid}, in place of pid {pid}");
        stopped.Text.Should().Contain($"stopped pid {newPid}; removed ");
        File.Exists(bundle.PathOf("app.pid")).Should().BeFalse();
        again.Text.Should().Contain("already stopped");
        ProcessTable.IsAlive(int.Parse(newPid)).Should().BeFalse();
    }

    [Fact]
    public void A_crash_is_in_the_digest_with_its_last_lines_its_secrets_hidden_and_its_cause_explained()
    {
        using var bundle = Bundle.Create("""
            version: 1
            hooks:
              ApplicationStart:
                - background: { command: 'echo "key $KEY"; echo "bind: Address already in use"; exit 3', alive_for: 20s }
                  env_file: { path: secrets.env, secret: true }
            """);
        bundle.Write("secrets.env", "KEY=open-sesame\n");

        var result = bundle.Under18("ApplicationStart");

        result.ErrorCode.Should().Be(AgentErrorCode.Failed);
        result.Window.Should().Contain("exit status 3, ").And.Contain("| key ***").And.Contain("| bind: Address already in use")
            .And.Contain("the port is in use").And.NotContain("sesame");
        Directory.EnumerateFiles(bundle.State, "hookrunner-sample-echo.log", SearchOption.AllDirectories).Should().ContainSingle("it writes to a log of its own");
    }

    [Fact]
    public void Tried_again_it_starts_anew_and_leaves_none_of_the_attempts_behind()
    {
        using var bundle = Bundle.Create("""
            version: 1
            hooks:
              ApplicationStart:
                - background: { command: '(sleep 986 &); test -e @ROOT@/second || { touch @ROOT@/second; exit 1; }; exec sleep 987', alive_for: 4s }
                  retry: { attempts: 2, delay: 100ms }
            """);

        var result = bundle.Under18("ApplicationStart");

        result.ErrorCode.Should().Be(AgentErrorCode.Succeeded, result.Text);
        Eventually.Holds(() => CommandsOf(bundle).Order().SequenceEqual(["sleep 986", "sleep 987"]));
    }

    [SkippableFact]
    public void Whoever_is_not_root_starts_its_own_and_is_told_what_it_may_not_stop()
    {
        Skip.IfNot(Environment.UserName == "root", "only root can become somebody else");
        using var bundle = Bundle.Create("""
            version: 1
            hooks:
              ApplicationStart: [{ background: { command: 'echo mine; exec sleep 987', log: @ROOT@/app.log, pid_file: @ROOT@/app.pid, alive_for: 2s } }]
              ApplicationStop:
                - stop_process: { pid_file: @ROOT@/app.pid }
                - stop_process: { pid_file: @ROOT@/roots.pid }
            """);
        File.SetUnixFileMode(bundle.Root, (UnixFileMode)Convert.ToInt32("777", 8));
        using var roots = System.Diagnostics.Process.Start("sleep", ["986"]);
        File.WriteAllText(bundle.PathOf("roots.pid"), $"{roots.Id}\n");

        var started = AsNobody(bundle, "ApplicationStart");
        var stopped = AsNobody(bundle, "ApplicationStop");

        started.Should().MatchRegex(@"runs as pid [0-9]+\)");
        File.ReadAllText(bundle.PathOf("app.log")).Should().Be("mine\n");
        stopped.Should().MatchRegex(@"failed: nobody may not stop pid [0-9]+ \(sleep 986\)").And.Contain("run the hook as root");
        CommandsOf(bundle).Should().BeEmpty("its own is stopped");
        roots.HasExited.Should().BeFalse();
        roots.Kill();
    }

    private static string AsNobody(Bundle bundle, string name)
    {
        var start = new System.Diagnostics.ProcessStartInfo("setpriv", [
            "--reuid=65534", "--regid=65534", "--clear-groups", "env", "-i", $"LIFECYCLE_EVENT={name}", $"DEPLOYMENT_ID={bundle.DeploymentId}",
            "APPLICATION_NAME=sample", "DEPLOYMENT_GROUP_NAME=Staging-APP", "DEPLOYMENT_GROUP_ID=1", Path.Join(bundle.Archive, "hookrunner")])
        { RedirectStandardOutput = true };
        using var process = System.Diagnostics.Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output;
    }

    private static IEnumerable<string> CommandsOf(Bundle bundle) => ProcessTable.With("DEPLOYMENT_ID", bundle.DeploymentId)
        .Select(pid => File.ReadAllText($"/proc/{pid}/cmdline").TrimEnd('\0').Replace('\0', ' '));
}
