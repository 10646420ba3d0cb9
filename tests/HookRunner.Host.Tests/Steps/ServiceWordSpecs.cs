using HookRunner.Core.Steps;

namespace HookRunner.Host.Tests.Steps;

/// <summary>A service step as it is written and shown, and hosts without systemd.</summary>
public sealed class ServiceWordSpecs
{
    [Fact]
    public void Without_systemd_that_is_said() =>
        ((StepOutcome.Failed)Some.Step("service: { restart: web }").Run(new TestStepRun("/"))).Reason.Should().Be("systemd does not run on this host, so it has no units");

    [Fact]
    public void Without_systemctl_that_is_said() =>
        ((StepOutcome.Failed)Some.Step("service: { restart: web }").Run(new TestStepRun("/") { HelperPrefix = ["/nowhere/at-all"] })).Reason
            .Should().Be("systemd is not on this host: there is no `systemctl`");

    [Fact]
    public void Under_simulation_it_is_recorded_and_not_done()
    {
        var run = new TestStepRun("/") { Simulated = true };

        Some.Step("service: { restart: web }").Run(run).Should().Be(new StepOutcome.Succeeded("recorded"));

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
}
