using HookRunner.Host.Tests;
using HookRunner.SystemTests.Support;

namespace HookRunner.SystemTests.Run;

/// <summary>Where systemd runs, a `background` step starts a transient unit.</summary>
public sealed class BackgroundUnitSpecs(HookMachine machine) : IClassFixture<HookMachine>
{
    [SkippableFact]
    public void It_outlives_the_agents_unit_and_no_secret_is_in_a_command_line()
    {
        var (exit, output) = Run("""
              - background: { command: [sh, -c, 'echo "hello, $WORD"; id -un; pwd; umask; ulimit -n; exec sleep 1000'], unit: outlives, pid_file: /run/outlives.pid, alive_for: 500ms }
                env_file: { path: secrets.env, secret: true }
                user: www-data
                cwd: /var/www
                umask: "027"
                limits: { nofile: 555 }
            """, secrets: "WORD=open sesame");

        exit.Should().Be(0, output);
        output.Should().MatchRegex(@"runs as outlives\.service \(pid [0-9]+\)").And.NotContain("sesame");
        machine.Shell("systemctl is-active outlives").Should().Be("active");
        machine.Shell("cat /proc/$(cat /run/outlives.pid)/cgroup").Should().Contain("/system.slice/outlives.service");
        machine.Shell("systemctl show -p MainPID --value outlives").Should().Be(machine.Shell("cat /run/outlives.pid"));
        Eventually.Holds(() => machine.Shell("journalctl -q -o cat -u outlives").Contains("hello, open sesame\nwww-data\n/var/www\n0027\n555", StringComparison.Ordinal));
        machine.Shell("systemctl show outlives; cat /proc/*/cmdline | tr '\\0' ' '; journalctl -q -o export | grep -a CMDLINE").Should().NotContain("sesame");
        machine.Shell("find /run /var/lib/hookrunner /var/log/hookrunner -type f | xargs grep -la sesame || true").Should().NotContain("/run/").And.NotContain("/var/lib");
    }

    [SkippableFact]
    public void Another_deployment_takes_its_place_and_the_same_leaves_it_alone()
    {
        var bundle = Bundle("      - background: { command: [sleep, '1000'], unit: replaced, alive_for: 200ms }");
        machine.Run(bundle, "d-1").Exit.Should().Be(0);
        var first = PidOf("replaced");

        var same = machine.Run(bundle, "d-1");
        var second = PidOf("replaced");
        var other = machine.Run(bundle, "d-2");

        same.Output.Should().Contain($"already runs as pid {first}");
        second.Should().Be(first);
        other.Output.Should().MatchRegex($@"runs as replaced\.service \(pid [0-9]+\), in place of pid {first}");
        PidOf("replaced").Should().NotBe(first).And.NotBe("0");
    }

    [SkippableTheory]
    [InlineData("exit 3", "exit status 3")]
    [InlineData("kill -9 $$", "killed by SIGKILL")]
    public void A_crash_is_told_with_the_journal_and_the_next_start_finds_the_name_free(string end, string reason)
    {
        var (exit, output) = Run($$"""
              - run: 'true'
              - background: { command: "echo cannot open database; sleep 0.2; {{end}}", unit: crashes, alive_for: 20s }
            """);

        exit.Should().Be(1);
        output.Should().Contain(reason).And.Contain("after its start").And.Contain("| cannot open database");
        machine.Shell("systemctl is-failed crashes || true").Should().Be("failed", "a person can look at it");
        Run("      - background: { command: [sleep, '1000'], unit: crashes, alive_for: 200ms }").Exit.Should().Be(0);
    }

    [SkippableFact]
    public void One_that_turns_itself_into_a_daemon_is_told_what_is_wanted()
    {
        var (exit, output) = Run("      - background: { command: 'sleep 1000 & exit 0', unit: daemon, alive_for: 20s }");

        exit.Should().Be(1);
        output.Should().Contain("`background` wants a program that stays in the foreground");
    }

    [SkippableFact]
    public void A_unit_with_a_file_of_its_own_is_not_overlaid()
    {
        Skip.IfNot(machine.WhyNot is null, machine.WhyNot);
        machine.Unit("own.service", "ExecStart=/bin/sleep 1000");

        var (exit, output) = Run("      - background: { command: [sleep, '1000'], unit: own }");

        exit.Should().Be(1);
        output.Should().Contain("`own.service` is a unit of this host already, with a file of its own").And.Contain("service: { restart: own }");
    }

    [SkippableFact]
    public void Its_log_file_and_port_are_as_written_and_stop_process_ends_it()
    {
        var (exit, output) = Run("""
              - background:
                  command: "echo starting; cd /; exec nginx -g 'daemon off; error_log stderr;' -c /run/served.conf"
                  unit: served
                  log: /var/log/served.log
                  pid_file: /run/served.pid
                  port: 8099
            """, "printf 'events {}\\nhttp { server { listen 8099; return 200 hello; } }\\n' > /run/served.conf");

        exit.Should().Be(0, output);
        machine.Shell("curl -s http://127.0.0.1:8099/").Should().Be("hello");
        machine.Shell("head -1 /var/log/served.log; stat -c '%U %a' /var/log/served.log").Should().Be("starting\nroot 640");
        var stopped = Run("      - stop_process: { pid_file: /run/served.pid }");
        stopped.Output.Should().MatchRegex("stopped pid [0-9]+ and [0-9]+ more; removed /run/served.pid");
        machine.Shell("systemctl is-active served || true").Should().Be("inactive");
    }

    private string PidOf(string unit) => machine.Shell($"systemctl show -p MainPID --value {unit}");

    private (int Exit, string Output) Run(string steps, string before = "true", string secrets = "")
    {
        Skip.IfNot(machine.WhyNot is null, machine.WhyNot);
        machine.Shell(before);
        var bundle = Bundle(steps);
        machine.Shell($"printf '{secrets}\\n' > {bundle}/secrets.env");
        return machine.Run(bundle);
    }

    private string Bundle(string steps)
    {
        Skip.IfNot(machine.WhyNot is null, machine.WhyNot);
        return machine.Bundle($"version: 1\nhooks:\n  ApplicationStart:\n{steps}\n");
    }
}
