using HookRunner.Core.Steps;

namespace HookRunner.Host.Tests.Steps;

/// <summary>What a service step does to units that are as they should be, and which it refuses.</summary>
[Collection(SystemdRoom.Name)]
public sealed class ServiceSpecs(SystemdMachine machine) : OnSystemd(machine)
{
    [SkippableFact]
    public void A_stopped_unit_is_started_and_an_active_one_left_alone()
    {
        Has("web.service", Sleeper);
        var run = Run();

        var started = Do("service: { start: web, enable: true, settle: 100ms }", run);
        var pid = Machine.Shell("systemctl show -p MainPID web");
        var again = Do("service: { start: web, enable: true }");

        started.Should().Be(new StepOutcome.Succeeded("started"));
        again.Should().Be(new StepOutcome.Succeeded("already active"));
        Machine.Shell("systemctl show -p MainPID web").Should().Be(pid);
        Machine.Shell("systemctl is-enabled web").Should().Be("enabled");
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
        Machine.Shell("systemctl daemon-reload; systemctl start one two");
        var before = Machine.Shell("systemctl show -p MainPID --value one two");
        var run = Run();

        Do("service: { restart: [two, one], settle: 100ms }", run).Should().Be(new StepOutcome.Succeeded("restarted"));

        Machine.Shell("systemctl show -p MainPID --value one two").Should().NotBe(before);
        run.Helpers.Where(helper => helper.Contains("restart")).Should().Equal("systemctl restart two.service", "systemctl restart one.service");
    }

    [SkippableFact]
    public void A_changed_unit_file_is_read_anew()
    {
        Has("changed.service", "ExecStart=/bin/sleep 1001");
        Do("service: { start: changed, settle: 0s }");
        Has("changed.service", "ExecStart=/bin/sleep 2002");
        Machine.Shell("touch -d '+2 seconds' /etc/systemd/system/changed.service");

        Do("service: { restart: changed, settle: 0s }").Should().BeOfType<StepOutcome.Succeeded>();

        Machine.Shell("tr '\\0' ' ' < /proc/$(systemctl show -p MainPID --value changed)/cmdline").Should().Contain("2002");
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
        Machine.Shell("systemctl daemon-reload; systemctl start stopme");

        Do("service: { stop: [stopme, nowhere] }").Should().Be(new StepOutcome.Succeeded("stopped: stopme.service"));
        Do("service: { stop: stopme }").Should().Be(new StepOutcome.Succeeded("already stopped"));

        Machine.Shell("systemctl is-active stopme || true").Should().Be("inactive");
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
        Machine.Shell("systemctl mask --quiet masked 2>/dev/null || ln -sf /dev/null /etc/systemd/system/masked.service; systemctl daemon-reload");

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
    public void Nginx_is_not_touched_where_its_configuration_is_wrong_and_reloaded_where_it_is_right()
    {
        Skip.IfNot(Machine.WhyNot is null, Machine.WhyNot);
        Machine.Shell("systemctl start nginx");
        var pid = Machine.Shell("systemctl show -p MainPID --value nginx");
        Machine.Shell("echo 'server { nonsense on; }' > /etc/nginx/conf.d/wrong.conf");

        var refused = (StepOutcome.Failed)Do("service: { reload: nginx, validate: nginx -t }");
        Machine.Shell("echo 'server { listen 8080; return 200 hello; }' > /etc/nginx/conf.d/wrong.conf");
        var done = Do("service: { reload: nginx, validate: nginx -t, settle: 100ms }");

        refused.Hint.Should().Be("nginx.service was not touched");
        refused.Detail.Should().Contain(line => line.Contains("unknown directive \"nonsense\""));
        done.Should().Be(new StepOutcome.Succeeded("reloaded"));
        Machine.Shell("systemctl show -p MainPID --value nginx").Should().Be(pid);
        Machine.Shell("curl -s http://127.0.0.1:8080/").Should().Be("hello");
    }

    [SkippableFact]
    public void What_cannot_be_reloaded_says_to_restart()
    {
        Has("noreload.service", Sleeper);

        ((StepOutcome.Failed)Do("service: { reload: noreload }")).Reason.Should().Be("unit `noreload.service` is inactive, so there is nothing to reload");
        Machine.Shell("systemctl start noreload");
        ((StepOutcome.Failed)Do("service: { reload: noreload }")).Reason.Should().Be("unit `noreload.service` has no way to reload (no ExecReload=)");
    }

    [SkippableFact]
    public void Whoever_is_not_root_is_told_what_to_grant()
    {
        Has("rooty.service", Sleeper);
        Skip.IfNot(Machine.WhyNot is null, Machine.WhyNot);
        var run = new TestStepRun("/") { HelperPrefix = [.. Machine.Enter, "setpriv", "--reuid=33", "--regid=33", "--clear-groups"] };

        var failed = (StepOutcome.Failed)Do("service: { restart: rooty }", run);

        failed.Reason.Should().EndWith("may not `systemctl restart rooty.service`");
        failed.Hint.Should().Contain("org.freedesktop.systemd1.manage-units");
    }
}
