using System.Diagnostics;
using HookRunner.SystemTests.Support;

namespace HookRunner.SystemTests.Simulation;

/// <summary>A simulation reaches nothing outside, leaves nothing behind and needs no root.</summary>
public class SandboxSpecs
{
    private static readonly string[] Traces =
    [
        "/opt/canary", "/etc/canary", "/var/lib/canary", "/run/canary", Path.Join(Path.GetTempPath(), "canary"), "/opt/simulated",
        "/opt/simulated-link", "/var/lib/simulated", "/usr/local/lib/simulated", "/opt/codedeploy-agent", "/run/root",
    ];

    public SandboxSpecs() => Namespaces.Require();

    [SkippableFact]
    public void Nothing_that_the_hooks_do_reaches_the_machine()
    {
        using var bundle = new ScriptBundle()
            .WithAppSpec("files:\n  - source: appspec.yml\n    destination: /opt/simulated\n")
            .With("AfterInstall", $"touch /opt/canary /etc/canary /var/lib/canary {Path.GetTempPath()}/canary /run/canary; rm -rf /usr/share/doc; ls /opt");
        var before = Machine();

        var result = bundle.Call().Run();

        result.Output.Should().Contain("    canary\n").And.Contain("    simulated\n");
        Machine().Should().Equal(before);
    }

    [SkippableFact]
    public void There_is_no_network_but_loopback()
    {
        using var bundle = new ScriptBundle().With("BeforeInstall", "tail -n +3 /proc/net/dev | cut -d: -f1 | tr -d ' '; cat /sys/class/net/lo/carrier");

        var result = bundle.Call().Run();

        result.Output.Should().Contain("    lo\n    1\n");
        result.Lines.Count(line => line.StartsWith("    ", StringComparison.Ordinal)).Should().Be(2);
    }

    [SkippableFact]
    public void The_kernel_and_the_devices_of_the_machine_are_out_of_reach()
    {
        using var bundle = new ScriptBundle().With("BeforeInstall", """
            echo 1 >/proc/sys/vm/drop_caches && echo reached
            mknod /tmp/disk b 8 0 && echo reached
            date -s "$(date)" && echo reached
            ls /dev /run
            kill -0 1 && echo "pid 1 is $(tr '\0' ' ' </proc/1/cmdline | cut -d' ' -f2)"
            """);

        var result = bundle.Call().Run();

        result.Output.Should().NotContain("reached").And.NotContain("systemd").And.Contain("pid 1 is __simulate-inside");
        result.Lines.Should().Contain("    null").And.NotContain(["    kmsg", "    vda", "    sda", "    mem"]);
    }

    [SkippableFact]
    public void An_orphan_is_gone_for_good_once_it_was_killed()
    {
        using var bundle = new ScriptBundle()
            .With("ApplicationStart", "(setsid sleep 600 >/dev/null 2>&1 & echo $! >/run/orphan)")
            .With("ValidateService", "kill $(cat /run/orphan); for i in $(seq 100); do kill -0 $(cat /run/orphan) || break; sleep 0.05; done; kill -0 $(cat /run/orphan) || echo gone");

        var result = bundle.Call().Run();

        result.Output.Should().Contain("    gone\n");
    }

    [SkippableFact]
    public void What_the_hooks_left_running_is_named_and_ends_with_the_simulation()
    {
        var mark = $"6{Random.Shared.Next(10_000_000, 99_999_999)}";
        using var bundle = new ScriptBundle().With("ApplicationStart", $"setsid sleep {mark} >/dev/null 2>&1 & sleep 0.1");

        var result = bundle.Call().Run();

        result.Output.Should().MatchRegex($"left running by the hooks, ended with the simulation: sleep {mark} \\(pid [0-9]+\\)\n");
        Running(mark).Should().BeEmpty();
    }

    [SkippableTheory]
    [InlineData(Posix.SIGTERM, 143)]
    [InlineData(2, 130)]
    [InlineData(Posix.SIGKILL, 137)]
    public void When_it_is_stopped_everything_goes_with_it(int signal, int exit)
    {
        var mark = $"6{Random.Shared.Next(10_000_000, 99_999_999)}";
        using var bundle = new ScriptBundle().With("BeforeInstall", $"trap '' TERM INT HUP; setsid sleep {mark} & sleep {mark}; sleep {mark}");
        var before = Machine();
        using var process = bundle.Call().Start();
        Eventually(() => Running(mark).Length == 2);

        _ = Posix.Kill(process.Id, signal);

        process.WaitForExit(TimeSpan.FromSeconds(20)).Should().BeTrue();
        process.ExitCode.Should().Be(exit);
        Eventually(() => Running(mark).Length == 0);
        Machine().Should().Equal(before);
    }

    [SkippableFact]
    public void It_needs_no_root()
    {
        Namespaces.RequireForNobody();
        using var bundle = new ScriptBundle()
            .WithAppSpec("files:\n  - source: app\n    destination: /opt/simulated\n")
            .Write("app/a.txt", "a\n")
            .With("BeforeInstall", "id -u; mkdir -p /var/lib/simulated /usr/local/lib/simulated && echo line >>/etc/hosts && tail -n 1 /etc/hosts")
            .With("AfterInstall", "ln -sfn /opt/simulated /opt/simulated-link && cat /opt/simulated-link/a.txt");
        var before = Machine();

        var result = (bundle.Call() with { AsNobody = true }).Run();

        result.Exit.Should().Be(0, result.Output + result.Errors);
        result.Output.Should().Contain("in a private copy of this machine, as you").And.Contain("    0\n    line\n").And.Contain("    a\n");
        Machine().Should().Equal(before);
    }

    [SkippableFact]
    public void Where_namespaces_are_refused_it_runs_nothing_and_offers_a_container()
    {
        using var bundle = new ScriptBundle().With("BeforeInstall", "echo never");
        bundle.Write("bin/unshare", "#!/bin/sh\necho 'unshare: unshare failed: Operation not permitted' >&2\nexit 1\n", executable: true);

        var result = (bundle.Call() with { ProgramFolder = Path.Join(bundle.Path, "bin") }).Run();

        result.Exit.Should().Be(3);
        result.Output.Should().Contain("error: this machine does not let hookrunner make a private copy of itself: unshare: unshare failed: Operation not permitted")
            .And.Contain("docker run --rm").And.Contain("--no-sandbox --yes").And.NotContain("never");
    }

    [SkippableFact]
    public void Without_a_sandbox_a_container_is_used_as_it_is_and_deployments_follow_each_other()
    {
        using var bundle = new ScriptBundle()
            .WithAppSpec("files:\n  - source: appspec.yml\n    destination: /opt/simulated\n")
            .With("AfterInstall", "echo deployed >>/opt/count; setsid sleep 600 >/dev/null 2>&1 & echo sandboxed: $(wc -l </opt/count)");
        const string twice = "mount -t tmpfs t /opt; \"$0\" \"$@\" >/dev/null && \"$0\" \"$@\"; pgrep -x sleep";

        var result = (bundle.Call("--no-sandbox", "--yes") with { Through = [.. Container, twice] }).Run();

        result.Output.Should().Contain("on this machine itself").And.Contain("    sandboxed: 2\n", "the second Install removes what the first made")
            .And.EndWith("not checked: 0\n", "what the hooks left running has ended");
    }

    private static string[] Container => Environment.IsPrivilegedProcess
        ? ["unshare", "--mount", "--pid", "--fork", "--mount-proc", "sh", "-c"]
        : ["unshare", "--user", "--map-root-user", "--mount", "--pid", "--fork", "--mount-proc", "sh", "-c"];

    /// <summary>What the hooks of these tests would leave if a sandbox leaked. Other tests may change the machine meanwhile.</summary>
    private static string[] Machine() =>
    [
        .. Traces.Where(Path.Exists),
        .. File.ReadLines("/etc/hosts"),
        .. File.ReadLines("/proc/self/mountinfo").Where(line => line.Contains("lowerdir=.,", StringComparison.Ordinal)),
        Directory.Exists("/usr/share/doc") ? "documentation" : "none",
    ];

    private static string[] Running(string mark) =>
        [.. Process.GetProcessesByName("sleep").Where(process => Command(process.Id).Contains(mark, StringComparison.Ordinal)).Select(process => Command(process.Id))];

    private static string Command(int id)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/cmdline");
        }
        catch (IOException)
        {
            return "";
        }
    }

    private static void Eventually(Func<bool> condition) =>
        SpinWait.SpinUntil(condition, TimeSpan.FromSeconds(30)).Should().BeTrue();
}
