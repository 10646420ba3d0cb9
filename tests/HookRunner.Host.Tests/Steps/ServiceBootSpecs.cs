using HookRunner.Core.Steps;

namespace HookRunner.Host.Tests.Steps;

/// <summary>What starts at boot, timers, and scripts of init.d.</summary>
[Collection(SystemdRoom.Name)]
public sealed class ServiceBootSpecs(SystemdMachine machine) : OnSystemd(machine)
{
    [SkippableFact]
    public void A_timer_counts_at_once()
    {
        Has("tick.service", "Type=oneshot\nExecStart=/bin/true");
        Machine.Shell("printf '[Timer]\\nOnCalendar=daily\\n[Install]\\nWantedBy=timers.target\\n' > /etc/systemd/system/tick.timer");
        var before = DateTime.UtcNow;

        Do("service: { start: tick.timer, enable: true, settle: 30s }").Should().Be(new StepOutcome.Succeeded("started"));

        (DateTime.UtcNow - before).Should().BeLessThan(TimeSpan.FromSeconds(20));
        Machine.Shell("systemctl is-enabled tick.timer").Should().Be("enabled");
    }

    [SkippableFact]
    public void A_unit_without_install_section_cannot_be_enabled()
    {
        Has("static.service", Sleeper, "# none");
        Machine.Shell("sed -i '/Install/,$d' /etc/systemd/system/static.service");

        ((StepOutcome.Failed)Do("service: { enable: static }")).Reason.Should().Be(
            "unit `static.service` cannot be enabled: its file has no [Install] section");
    }

    [SkippableFact]
    public void Enabling_and_disabling_are_done_once()
    {
        Has("boot.service", Sleeper);

        Do("service: { enable: boot }").Should().Be(new StepOutcome.Succeeded("enabled"));
        Do("service: { enable: boot }").Should().Be(new StepOutcome.Succeeded("already enabled"));
        Do("service: { disable: boot }").Should().Be(new StepOutcome.Succeeded("disabled"));
        Do("service: { disable: boot }").Should().Be(new StepOutcome.Succeeded("already disabled"));
    }

    [SkippableFact]
    public void A_script_of_init_d_is_started_and_stopped_through_systemd()
    {
        Skip.IfNot(Machine.WhyNot is null, Machine.WhyNot);
        Machine.Shell("""
            cat > /etc/init.d/legacy <<'END'
            #!/bin/sh
            ### BEGIN INIT INFO
            # Provides: legacy
            # Required-Start:
            # Required-Stop:
            # Default-Start: 3
            # Default-Stop: 0
            ### END INIT INFO
            case $1 in
            start) sleep 1000 >/dev/null 2>&1 & echo $! > /run/legacy.pid ;;
            stop) kill $(cat /run/legacy.pid) ;;
            esac
            END
            chmod +x /etc/init.d/legacy
            """);

        Do("service: { start: legacy, settle: 200ms }").Should().Be(new StepOutcome.Succeeded("started"));
        Machine.Shell("kill -0 $(cat /run/legacy.pid)");
        Do("service: { stop: legacy }").Should().Be(new StepOutcome.Succeeded("stopped"));
    }

    [SkippableFact]
    public void A_script_of_init_d_is_enabled_and_disabled_once()
    {
        Skip.IfNot(Machine.WhyNot is null, Machine.WhyNot);
        Machine.Shell("""
            printf '#!/bin/sh\n### BEGIN INIT INFO\n# Provides: oldboot\n# Required-Start:\n# Required-Stop:\n# Default-Start: 2 3 4 5\n# Default-Stop: 0\n### END INIT INFO\nexit 0\n' > /etc/init.d/oldboot
            chmod +x /etc/init.d/oldboot
            """);

        Do("service: { enable: oldboot }").Should().Be(new StepOutcome.Succeeded("enabled"));
        Do("service: { enable: oldboot }").Should().Be(new StepOutcome.Succeeded("already enabled"));
        Machine.Shell("ls /etc/rc3.d | grep -c S..oldboot").Should().Be("1");
        Do("service: { disable: oldboot }").Should().Be(new StepOutcome.Succeeded("disabled"));
        Do("service: { disable: oldboot }").Should().Be(new StepOutcome.Succeeded("already disabled"));
    }
}
