using HookRunner.Core.Steps;

namespace HookRunner.Host.Tests.Steps;

public sealed class ServiceSpecs(SystemdMachine machine) : IClassFixture<SystemdMachine>
{
    private const string Sleeper = "ExecStart=/bin/sleep 1000";

    [SkippableFact]
    public void A_stopped_unit_is_started_and_an_active_one_left_alone()
    {
        Has("web.service", Sleeper);
        var run = Run();

        var started = Do("service: { start: web, enable: true, settle: 100ms }", run);
        var pid = machine.Shell("systemctl show -p MainPID web");
        var again = Do("service: { start: web, enable: true }");

        started.Should().Be(new StepOutcome.Succeeded("started"));
        again.Should().Be(new StepOutcome.Succeeded("already active"));
        machine.Shell("systemctl show -p MainPID web").Should().Be(pid);
        machine.Shell("systemctl is-enabled web").Should().Be("enabled");
        run.Helpers.Take(3).Should().Equal(
            $"systemctl show -p {HookRunner.Host.Steps.Service.UnitState.Properties} -- web.service",
            "systemctl enable web.service",
            "systemctl start web.service");
    }

    [SkippableFact]
    public void A_restart_runs_in_the_order_listed_and_changes_the_process()
    {
        Has("one.service", Sleeper);
        Has("two.service", Sleeper);
        machine.Shell("systemctl daemon-reload; systemctl start one two");
        var before = machine.Shell("systemctl show -p MainPID --value one two");
        var run = Run();

        Do("service: { restart: [two, one], settle: 100ms }", run).Should().Be(new StepOutcome.Succeeded("restarted"));

        machine.Shell("systemctl show -p MainPID --value one two").Should().NotBe(before);
        run.Helpers.Where(helper => helper.Contains("restart")).Should().Equal("systemctl restart two.service", "systemctl restart one.service");
    }

    [SkippableFact]
    public void A_changed_unit_file_is_read_anew()
    {
        Has("changed.service", "ExecStart=/bin/sleep 1001");
        Do("service: { start: changed, settle: 0s }");
        Has("changed.service", "ExecStart=/bin/sleep 2002");
        machine.Shell("touch -d '+2 seconds' /etc/systemd/system/changed.service");

        Do("service: { restart: changed, settle: 0s }").Should().BeOfType<StepOutcome.Succeeded>();

        machine.Shell("tr '\\0' ' ' < /proc/$(systemctl show -p MainPID --value changed)/cmdline").Should().Contain("2002");
    }

    [SkippableTheory]
    [InlineData("service: { stop: nowhere }", "already so: no such unit")]
    [InlineData("service: { stop: [nowhere, elsewhere.timer] }", "already so: no such unit")]
    [InlineData("service: { disable: nowhere }", "already so: no such unit")]
    public void A_missing_unit_is_as_good_as_a_stopped_one(string step, string note) =>
        Do(step).Should().Be(new StepOutcome.Succeeded(note));

    [SkippableFact]
    public void Stopping_ends_what_runs_and_says_what_did_not()
    {
        Has("stopme.service", Sleeper);
        machine.Shell("systemctl daemon-reload; systemctl start stopme");

        Do("service: { stop: [stopme, nowhere] }").Should().Be(new StepOutcome.Succeeded("stopped: stopme.service"));
        Do("service: { stop: stopme }").Should().Be(new StepOutcome.Succeeded("already stopped"));

        machine.Shell("systemctl is-active stopme || true").Should().Be("inactive");
    }

    [SkippableTheory]
    [InlineData("start")]
    [InlineData("restart")]
    [InlineData("reload")]
    [InlineData("enable")]
    public void A_missing_unit_fails_what_needs_it_unless_that_is_allowed(string verb)
    {
        var failed = (StepOutcome.Failed)Do($"service: {{ {verb}: nowhere }}");

        failed.Reason.Should().Be("unit `nowhere.service` does not exist on this host");
        Do($"service: {{ {verb}: nowhere, if_present: true }}").Should().Be(new StepOutcome.Skipped("there is no unit nowhere.service"));
    }

    [SkippableFact]
    public void A_masked_unit_is_named_with_the_remedy()
    {
        Has("masked.service", Sleeper);
        machine.Shell("systemctl mask --quiet masked 2>/dev/null || ln -sf /dev/null /etc/systemd/system/masked.service; systemctl daemon-reload");

        var failed = (StepOutcome.Failed)Do("service: { restart: masked }");

        failed.Reason.Should().Be("unit `masked.service` is masked");
        failed.Hint.Should().Be("`systemctl unmask masked.service`");
        Do("service: { stop: masked }").Should().Be(new StepOutcome.Succeeded("already stopped"));
    }

    [SkippableFact]
    public void A_broken_unit_file_is_named()
    {
        Has("broken.service", "Type=simple");

        ((StepOutcome.Failed)Do("service: { start: broken }")).Reason.Should().StartWith("systemd cannot load unit `broken.service` (bad-setting");
    }

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
        machine.Shell("sed -i s/StartLimitBurst=3/StartLimitBurst=1000/ /etc/systemd/system/flaps.service");

        var failed = (StepOutcome.Failed)Do("service: { restart: flaps, within: 2s, settle: 1s }");
        machine.Shell("systemctl stop flaps");

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
        machine.Shell("systemctl stop silent");

        failed.Reason.Should().Be("`systemctl start silent.service` was not done within 1s; systemd goes on with it");
    }

    [SkippableFact]
    public void How_often_the_last_release_failed_does_not_bar_the_next()
    {
        Has("limit.service", "ExecStart=/bin/false\nRestart=no");
        machine.Shell("systemctl daemon-reload; for i in 1 2 3 4 5; do systemctl start limit || true; sleep 0.05; done");
        machine.Shell("systemctl start limit 2>/dev/null && exit 1 || true");
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
    public void A_timer_counts_at_once()
    {
        Has("tick.service", "Type=oneshot\nExecStart=/bin/true");
        machine.Shell("printf '[Timer]\\nOnCalendar=daily\\n[Install]\\nWantedBy=timers.target\\n' > /etc/systemd/system/tick.timer");
        var before = DateTime.UtcNow;

        Do("service: { start: tick.timer, enable: true, settle: 30s }").Should().Be(new StepOutcome.Succeeded("started"));

        (DateTime.UtcNow - before).Should().BeLessThan(TimeSpan.FromSeconds(20));
        machine.Shell("systemctl is-enabled tick.timer").Should().Be("enabled");
    }

    [SkippableFact]
    public void A_unit_without_install_section_cannot_be_enabled()
    {
        Has("static.service", Sleeper, "# none");
        machine.Shell("sed -i '/Install/,$d' /etc/systemd/system/static.service");

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
    public void Nginx_is_not_touched_where_its_configuration_is_wrong_and_reloaded_where_it_is_right()
    {
        Skip.IfNot(machine.WhyNot is null, machine.WhyNot);
        machine.Shell("systemctl start nginx");
        var pid = machine.Shell("systemctl show -p MainPID --value nginx");
        machine.Shell("echo 'server { nonsense on; }' > /etc/nginx/conf.d/wrong.conf");

        var refused = (StepOutcome.Failed)Do("service: { reload: nginx, validate: nginx -t }");
        machine.Shell("echo 'server { listen 8080; return 200 hello; }' > /etc/nginx/conf.d/wrong.conf");
        var done = Do("service: { reload: nginx, validate: nginx -t, settle: 100ms }");

        refused.Hint.Should().Be("nginx.service was not touched");
        refused.Detail.Should().Contain(line => line.Contains("unknown directive \"nonsense\""));
        done.Should().Be(new StepOutcome.Succeeded("reloaded"));
        machine.Shell("systemctl show -p MainPID --value nginx").Should().Be(pid);
        machine.Shell("curl -s http://127.0.0.1:8080/").Should().Be("hello");
    }

    [SkippableFact]
    public void What_cannot_be_reloaded_says_to_restart()
    {
        Has("noreload.service", Sleeper);

        ((StepOutcome.Failed)Do("service: { reload: noreload }")).Reason.Should().Be("unit `noreload.service` is inactive, so there is nothing to reload");
        machine.Shell("systemctl start noreload");
        ((StepOutcome.Failed)Do("service: { reload: noreload }")).Reason.Should().Be("unit `noreload.service` has no way to reload (no ExecReload=)");
    }

    [SkippableFact]
    public void Whoever_is_not_root_is_told_what_to_grant()
    {
        Has("rooty.service", Sleeper);
        Skip.IfNot(machine.WhyNot is null, machine.WhyNot);
        var run = new TestStepRun("/") { HelperPrefix = [.. machine.Enter, "setpriv", "--reuid=33", "--regid=33", "--clear-groups"] };

        var failed = (StepOutcome.Failed)Do("service: { restart: rooty }", run);

        failed.Reason.Should().EndWith("may not `systemctl restart rooty.service`");
        failed.Hint.Should().Contain("org.freedesktop.systemd1.manage-units");
    }

    [SkippableFact]
    public void A_script_of_init_d_is_started_and_stopped_through_systemd()
    {
        Skip.IfNot(machine.WhyNot is null, machine.WhyNot);
        machine.Shell("""
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
        machine.Shell("kill -0 $(cat /run/legacy.pid)");
        Do("service: { stop: legacy }").Should().Be(new StepOutcome.Succeeded("stopped"));
    }

    [SkippableFact]
    public void A_unit_is_waited_for_until_it_is_active_and_no_longer_once_it_has_failed()
    {
        Has("slow.service", "Type=oneshot\nRemainAfterExit=yes\nExecStart=/bin/sleep 0.5");
        Has("broke.service", "Type=oneshot\nExecStart=/bin/false");
        machine.Shell("systemctl daemon-reload; systemctl start --no-block slow; systemctl start broke || true");

        Do("wait_for: { unit: slow, interval: 100ms }").Should().BeOfType<StepOutcome.Succeeded>();
        ((StepOutcome.Failed)Do("wait_for: { unit: broke }")).Reason.Should().Be("unit `broke.service` has failed (exit-code, status 1)");
        ((StepOutcome.Failed)Do("wait_for: { unit: nowhere }")).Reason.Should().Be("unit `nowhere.service` does not exist on this host");
    }

    [SkippableFact]
    public void A_changed_file_tells_its_unit_once()
    {
        using var folder = new TempFolder();
        Has("told.service", Sleeper);
        machine.Shell("systemctl daemon-reload; systemctl start told");
        var step = $"file: {{ path: {folder.At("told.conf")}, content: new, notify: {{ restart: told }} }}";
        folder.Write("told.conf", "old");

        var (first, second) = (Run(), Run());
        Do(step, first).Should().Be(new StepOutcome.Succeeded("changed; restarted told"));
        Do(step, second).Should().Be(new StepOutcome.Succeeded("already so"));

        first.Helpers.Should().Contain("systemctl restart told.service");
        second.Helpers.Should().BeEmpty();
        Directory.EnumerateFileSystemEntries(folder.Path).Should().ContainSingle();
    }

    [SkippableFact]
    public void A_file_whose_unit_refuses_it_goes_back()
    {
        using var folder = new TempFolder();
        Has("refuses.service", "ExecStart=/bin/false");
        folder.Write("refuses.conf", "old");

        var changed = (StepOutcome.Failed)Do($"file: {{ path: {folder.At("refuses.conf")}, content: new, notify: {{ restart: refuses }} }}");
        var made = (StepOutcome.Failed)Do($"file: {{ path: {folder.At("new.conf")}, content: new, notify: {{ restart: refuses }} }}");

        changed.Reason.Should().StartWith("unit `refuses.service` failed");
        changed.Hint.Should().Be("the file is as it was");
        made.Hint.Should().Be("the file is as it was");
        File.ReadAllText(folder.At("refuses.conf")).Should().Be("old");
        Directory.EnumerateFileSystemEntries(folder.Path).Should().ContainSingle();
    }

    [SkippableFact]
    public void A_unit_that_was_never_told_because_the_run_was_killed_is_told_by_the_next()
    {
        using var folder = new TempFolder();
        Has("late.service", Sleeper);
        folder.Write("late.conf", "new");
        folder.Write(".late.conf.notify.hookrunner-999999-1", "old");

        Do($"file: {{ path: {folder.At("late.conf")}, content: new, notify: {{ restart: late }} }}").Should().Be(new StepOutcome.Succeeded("restarted"));

        Directory.EnumerateFileSystemEntries(folder.Path).Should().ContainSingle();
    }

    [Fact]
    public void Without_systemd_that_is_said() =>
        ((StepOutcome.Failed)Do("service: { restart: web }", new TestStepRun("/"))).Reason.Should().Be("systemd does not run on this host, so it has no units");

    [Fact]
    public void Without_systemctl_that_is_said() =>
        ((StepOutcome.Failed)Do("service: { restart: web }", new TestStepRun("/") { HelperPrefix = ["/nowhere/at-all"] })).Reason
            .Should().Be("systemd is not on this host: there is no `systemctl`");

    [Fact]
    public void Under_simulation_it_is_recorded_and_not_done()
    {
        var run = new TestStepRun("/") { Simulated = true };

        Do("service: { restart: web }", run).Should().Be(new StepOutcome.Succeeded("recorded"));

        run.Helpers.Should().BeEmpty();
        run.HasRecordedService.Should().BeTrue();
        run.Said.Should().Equal("recorded: restart web; active within 30s and for 2s");
    }

    [Theory]
    [InlineData("service: {}", "1:10 `service` has no verb; expected one of start, stop, restart, reload, enable, disable (for example `{ restart: nginx }`)")]
    [InlineData("service: { start: a, stop: b }", "1:10 `service` has start and stop; expected one verb (use a step for each)")]
    [InlineData("service: { restart: /etc/systemd/system/a.service }", "1:21 `/etc/systemd/system/a.service` is a path; expected a unit's name such as `nginx` or `nginx.service`")]
    [InlineData("service: { restart: 'a b' }", "1:21 `a b` is no unit's name; expected letters, digits and `:-_.\\@`, such as `nginx` or `app@1.service`")]
    [InlineData("service: { restart: -H }", "1:21 `-H` is no unit's name; expected letters, digits and `:-_.\\@`, such as `nginx` or `app@1.service`")]
    [InlineData("service: { restart: app@ }", "1:21 `app@` is a template; expected an instance of it such as `app@1`")]
    [InlineData("service: { restart: [] }", "1:21 `restart` names no unit")]
    [InlineData("service: { enable: true }", "1:20 `enable: true` goes with `start` or `restart` (name the unit: `enable: nginx`)")]
    [InlineData("service: { start: a, enable: b }", "1:30 beside `start` and `restart`, `enable` takes only `true`")]
    [InlineData("service: { restrat: a }", "1:12 unknown key `restrat` in `service` (did you mean `restart`?)")]
    public void A_service_step_that_cannot_be_meant_is_refused(string step, string mistake) => Some.Mistakes(step).Should().Contain(mistake);

    [Theory]
    [InlineData("service: { restart: [web, worker], enable: true, validate: 'nginx -t' }", "restart web, worker", "restart and enable web and worker after `nginx -t` succeeds; active within 30s and for 2s")]
    [InlineData("service: { stop: web, if_present: true }", "stop web", "stop web; missing units are passed over")]
    public void A_service_step_shows_what_it_does(string step, string subject, string words)
    {
        var action = Some.Step(step);

        action.Subject.Should().Be(subject);
        action.Describe().Should().Be(words);
    }

    private void Has(string unit, string service, string install = "WantedBy=multi-user.target")
    {
        Skip.IfNot(machine.WhyNot is null, machine.WhyNot);
        machine.Unit(unit, service, install);
    }

    private TestStepRun Run() => new("/") { HelperPrefix = machine.Enter };

    private StepOutcome Do(string step, TestStepRun? run = null)
    {
        Skip.IfNot(run is not null || machine.WhyNot is null, machine.WhyNot);
        return Some.Step(step).Run(run ?? Run());
    }
}
