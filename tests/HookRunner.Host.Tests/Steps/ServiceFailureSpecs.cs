using HookRunner.Core.Steps;

namespace HookRunner.Host.Tests.Steps;

/// <summary>Units that fail, flap or never get ready, and what is said of them.</summary>
[Collection(SystemdRoom.Name)]
public sealed class ServiceFailureSpecs(SystemdMachine machine) : OnSystemd(machine)
{
    [SkippableFact]
    public void A_unit_that_dies_is_told_with_its_journal()
    {
        Has("dies.service", "ExecStart=/bin/sh -c 'echo cannot bind port 80; exit 3'");

        var failed = (StepOutcome.Failed)Do("service: { restart: dies }");

        failed.Reason.Should().Be("unit `dies.service` failed to stay active (exit-code, status 3)");
        failed.Detail.Should().Contain("cannot bind port 80");
    }

    [SkippableTheory]
    [InlineData("ExecStart=/nowhere/program", "status 203/EXEC", "the program of its ExecStart= cannot be started: is it there, executable, and its `#!` line right?")]
    [InlineData("ExecStart=/bin/sleep 9\nWorkingDirectory=/nowhere", "status 200/CHDIR", "its WorkingDirectory= cannot be entered")]
    [InlineData("ExecStart=/bin/sleep 9\nUser=nobody-here", "status 217/USER", "its User= does not exist")]
    public void What_systemd_itself_could_not_do_is_explained(string service, string status, string hint)
    {
        Has("setup.service", service);

        var failed = (StepOutcome.Failed)Do("service: { restart: setup, settle: 300ms }");

        failed.Reason.Should().Contain(status);
        failed.Hint.Should().Be(hint);
    }

    [SkippableFact]
    public void A_unit_that_is_started_again_and_again_does_not_count_as_active()
    {
        Has("flaps.service", "ExecStart=/bin/sh -c 'sleep 0.3; exit 1'\nRestart=always\nRestartSec=100ms");
        Machine.Shell("sed -i s/StartLimitBurst=3/StartLimitBurst=1000/ /etc/systemd/system/flaps.service");

        var failed = (StepOutcome.Failed)Do("service: { restart: flaps, within: 2s, settle: 1s }");
        Machine.Shell("systemctl stop flaps");

        failed.Reason.Should().MatchRegex("^unit `flaps.service` did not stay active for 1s: systemd restarted it [0-9]+ times");
    }

    [SkippableFact]
    public void A_unit_that_comes_up_at_its_second_start_counts()
    {
        Has("second.service", "ExecStart=/bin/sh -c 'test -e /run/second || { touch /run/second; exit 1; }; exec sleep 1000'\nRestart=always\nRestartSec=200ms");

        Do("service: { start: second, within: 10s, settle: 500ms }").Should().Be(new StepOutcome.Succeeded("started"));
    }

    [SkippableFact]
    public void A_unit_that_never_says_ready_is_not_waited_for_longer_than_within()
    {
        Has("silent.service", "Type=notify\nExecStart=/bin/sleep 1000");

        var failed = (StepOutcome.Failed)Do("service: { start: silent, within: 1s }");
        Machine.Shell("systemctl stop silent");

        failed.Reason.Should().Be("`systemctl start silent.service` was not done within 1s; systemd goes on with it");
    }

    [SkippableFact]
    public void How_often_the_last_release_failed_does_not_bar_the_next()
    {
        Has("limit.service", "ExecStart=/bin/false\nRestart=no");
        Machine.Shell("systemctl daemon-reload; for i in 1 2 3 4 5; do systemctl start limit || true; sleep 0.05; done");
        Machine.Shell("systemctl start limit 2>/dev/null && exit 1 || true");
        Has("limit.service", Sleeper);

        Do("service: { restart: limit, settle: 300ms }").Should().Be(new StepOutcome.Succeeded("restarted"));
    }

    [SkippableFact]
    public void A_oneshot_unit_may_be_over_and_a_failed_one_is_told()
    {
        Has("once.service", "Type=oneshot\nExecStart=/bin/true");
        Has("oncefails.service", "Type=oneshot\nExecStart=/bin/sh -c 'echo broken migration; exit 4'");

        Do("service: { restart: once }").Should().Be(new StepOutcome.Succeeded("restarted"));
        var failed = (StepOutcome.Failed)Do("service: { start: oncefails }");

        failed.Reason.Should().Be("unit `oncefails.service` failed to start (exit-code, status 4)");
        failed.Detail.Should().Contain("broken migration");
    }

    [SkippableFact]
    public void A_unit_is_waited_for_until_it_is_active_and_no_longer_once_it_has_failed()
    {
        Has("slow.service", "Type=oneshot\nRemainAfterExit=yes\nExecStart=/bin/sleep 0.5");
        Has("broke.service", "Type=oneshot\nExecStart=/bin/false");
        Machine.Shell("systemctl daemon-reload; systemctl start --no-block slow; systemctl start broke || true");

        Do("wait_for: { unit: slow, interval: 100ms }").Should().BeOfType<StepOutcome.Succeeded>();
        ((StepOutcome.Failed)Do("wait_for: { unit: broke }")).Reason.Should().Be("unit `broke.service` has failed (exit-code, status 1)");
        ((StepOutcome.Failed)Do("wait_for: { unit: nowhere }")).Reason.Should().Be("unit `nowhere.service` does not exist on this host");
    }
}
