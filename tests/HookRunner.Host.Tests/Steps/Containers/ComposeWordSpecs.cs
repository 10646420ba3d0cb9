using HookRunner.Core.Steps;

namespace HookRunner.Host.Tests.Steps.Containers;

/// <summary>What a `compose` step says of itself, and which mistakes are seen before anything runs.</summary>
public sealed class ComposeWordSpecs
{
    [Theory]
    [InlineData("compose: {}", "1:10 `compose` has no verb; expected one of up, down, pull (for example `{ up: true }`)")]
    [InlineData("compose: { up: true, down: true }", "1:10 `compose` has up and down; expected one verb (use a step for each)")]
    [InlineData("compose: { down: web }", "1:18 `down` takes only `true`: it is for the whole project")]
    [InlineData("compose: { up: false }", "1:16 `false` is no service; expected `true`, or names of services")]
    [InlineData("compose: { up: [web, -v] }", "1:22 `-v` is no service; expected `true`, or names of services")]
    [InlineData("compose: { up: [] }", "1:16 `up` names no service (`true` means all)")]
    [InlineData("compose: { down: true, build: true }", "1:31 `build` means nothing beside `down` (take it out)")]
    [InlineData("compose: { pull: true, scale: { web: 2 } }", "1:31 `scale` means nothing beside `pull` (take it out)")]
    [InlineData("compose: { up: true, scale: { web: many } }", "1:36 `many` is no number of containers; expected a whole number")]
    [InlineData("compose: { up: true, project: My App }", "1:31 `My App` is no name of a project; expected small letters, digits and `_-`")]
    [InlineData("compose: { up: true, volumes: true }", "1:22 unknown key `volumes` in `compose`")]
    [InlineData("compose: { up: true, wait: maybe }", "1:28 `wait` is `maybe`; expected `true` or `false`")]
    public void A_step_that_cannot_be_meant_is_refused(string step, string mistake) =>
        Some.Mistakes(step).Should().Contain(told => told.StartsWith(mistake));

    [Theory]
    [InlineData("compose: { up: true }", "up",
        "bring up all services of the bundle's compose file; healthy within 1m, without a health check up for 5s")]
    [InlineData("compose: { up: [web, job], file: [a.yml, b.yml], project: shop, build: true, remove_orphans: true, scale: { job: 2 }, wait: false }", "up web, job",
        "bring up services web and job of a.yml and b.yml, project shop, built first, without orphans, 2 of job; not waited for")]
    [InlineData("compose: { down: true, file: /opt/app/compose.yml }", "down", "stop and remove the containers of /opt/app/compose.yml; none is fine, volumes stay")]
    [InlineData("compose: { pull: web }", "pull web", "pull the images of service web of the bundle's compose file")]
    public void A_step_shows_what_it_does(string step, string subject, string words)
    {
        var action = Some.Step(step);

        action.Subject.Should().Be(subject);
        action.Describe().Should().Be(words);
    }

    [Theory]
    [InlineData("compose: { up: true }", true)]
    [InlineData("compose: { down: true }", false)]
    [InlineData("compose: { pull: true }", false)]
    public void Under_simulation_it_is_recorded_and_not_done(string step, bool serves)
    {
        var run = new TestStepRun("/") { Simulated = true };
        var action = Some.Step(step);

        action.Run(run).Should().Be(new StepOutcome.Succeeded("recorded"));

        run.Helpers.Should().BeEmpty();
        run.HasRecordedService.Should().Be(serves);
        run.Said.Should().Equal($"recorded: {action.Describe()}");
    }

    [Theory]
    [InlineData("compose: { up: true, file: [a.yml, b.yml] }", "a.yml b.yml")]
    [InlineData("compose: { down: true, file: a.yml }", "")]
    public void Files_must_be_there_before_anything_comes_up(string step, string files) =>
        string.Join(' ', Some.Step(step).Sources).Should().Be(files);
}
