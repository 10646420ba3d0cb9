using HookRunner.Core.Steps;

namespace HookRunner.Host.Tests.Steps.Containers;

/// <summary>Containers that really run: a new one takes the old one's place, or the old one comes back.</summary>
[Collection(EngineRoom.Name)]
public sealed class ContainerReplacementSpecs(EngineHost host) : OnEngine(host)
{
    [SkippableTheory]
    [InlineData("podman")]
    [InlineData("docker")]
    public void Another_configuration_or_image_replaces_it(string engine)
    {
        var name = $"changes-{engine}";
        string Step(string image, string level) =>
            $"container: {{ name: {name}, image: '{image}', engine: {engine}, network: host, env: {{ LEVEL: {level} }}, settle: 100ms }}";
        Host.Image($"localhost/moves-{engine}:1", "LABEL version=1\nCMD [\"/bin/sleep\", \"1000\"]\nSTOPSIGNAL KILL");
        Do(Step($"localhost/moves-{engine}:1", "info"));
        var first = Id(name);

        Do(Step($"localhost/moves-{engine}:1", "debug")).Should().Be(new StepOutcome.Succeeded("replaced"));
        var second = Id(name);
        Host.Image($"localhost/moves-{engine}:1", "LABEL version=2\nCMD [\"/bin/sleep\", \"1000\"]\nSTOPSIGNAL KILL");
        Do(Step($"localhost/moves-{engine}:1", "debug")).Should().Be(new StepOutcome.Succeeded("replaced"));

        new[] { first, second, Id(name) }.Should().OnlyHaveUniqueItems();
        Names(name).Should().Be(name);
    }

    [SkippableTheory]
    [InlineData("podman")]
    [InlineData("docker")]
    public void A_new_one_that_ends_is_told_with_its_log_and_the_old_one_runs_again(string engine)
    {
        var name = $"ends-{engine}";
        Do($"container: {{ name: {name}, image: 'localhost/shop:1', engine: {engine}, network: host, settle: 100ms }}");
        var old = Id(name);

        var failed = (StepOutcome.Failed)Do($"container: {{ name: {name}, image: 'localhost/broken:1', engine: {engine}, network: host, restart: no }}");

        failed.Reason.Should().Be($"container `{name}` ended with exit status 3");
        failed.Detail.Should().Equal("no database", "giving up");
        failed.Hint.Should().Be("the container before it runs again");
        Id(name).Should().Be(old);
        IsRunning(name).Should().Be("true");
        Names(name).Should().Be(name);
    }

    [SkippableTheory]
    [InlineData("podman", "options: [--nonsense]", "unknown flag: --nonsense")]
    [InlineData("docker", "options: [--nonsense]", "unknown flag: --nonsense")]
    [InlineData("podman", "image: 'localhost/nowhere:1'", "image `localhost/nowhere:1` is not on this host, and is not to be pulled")]
    [InlineData("docker", "image: 'localhost/nowhere:1'", "image `localhost/nowhere:1` is not on this host, and is not to be pulled")]
    [InlineData("podman", "volumes: /nowhere/at/all:/data", "volume: `/nowhere/at/all` does not exist on this host")]
    public void What_cannot_be_made_never_touches_the_old_one(string engine, string wrong, string reason)
    {
        var name = $"untouched-{engine}";
        Do($"container: {{ name: {name}, image: 'localhost/shop:1', engine: {engine}, network: host, settle: 100ms }}");
        var started = Host.Shell($"podman inspect --format '{{{{.State.StartedAt}}}}' {name}");
        var image = wrong.StartsWith("image") ? "" : "image: 'localhost/shop:2', ";

        var failed = (StepOutcome.Failed)Do($"container: {{ name: {name}, {image}engine: {engine}, {wrong} }}");

        failed.Reason.Should().Contain(reason);
        Host.Shell($"podman inspect --format '{{{{.State.StartedAt}}}}' {name}").Should().Be(started);
        Names(name).Should().Be(name);
    }

    [SkippableTheory]
    [InlineData("podman")]
    [InlineData("docker")]
    public void One_whose_program_is_not_in_its_image_gives_way_to_the_old_one(string engine)
    {
        var name = $"nothing-{engine}";
        Do($"container: {{ name: {name}, image: 'localhost/shop:1', engine: {engine}, network: host, settle: 100ms }}");

        var failed = (StepOutcome.Failed)Do($"container: {{ name: {name}, image: 'localhost/shop:1', engine: {engine}, network: host, command: [nothing] }}");

        failed.Reason.Should().StartWith($"`{engine} start`: ").And.Contain("executable file not found");
        failed.Hint.Should().Be("does the image have this program?; the container before it runs again");
        IsRunning(name).Should().Be("true");
    }

    [SkippableFact]
    public void A_stopped_one_is_replaced_and_stays_stopped_where_the_new_one_fails()
    {
        Host.Shell("podman create --name stopped localhost/shop:1");

        var failed = (StepOutcome.Failed)Do("container: { name: stopped, image: 'localhost/broken:1', engine: podman, restart: no }");
        var before = IsRunning("stopped");
        var replaced = Do("container: { name: stopped, image: 'localhost/shop:1', engine: podman, settle: 100ms }");

        failed.Hint.Should().Be("the container before it is back, and stopped as it was");
        before.Should().Be("false");
        replaced.Should().Be(new StepOutcome.Succeeded("replaced"));
        IsRunning("stopped").Should().Be("true");
    }

    [SkippableFact]
    public void One_that_vanishes_when_it_stops_is_replaced_too_and_told_where_it_is_missed()
    {
        const string before = "podman run --detach --rm --name vanishes localhost/shop:1";
        Host.Shell(before);
        Do("container: { name: vanishes, image: 'localhost/shop:1', engine: podman, settle: 100ms }").Should().Be(new StepOutcome.Succeeded("replaced"));
        Host.Shell($"podman rm --force vanishes; {before}");

        var failed = (StepOutcome.Failed)Do("container: { name: vanishes, image: 'localhost/broken:1', engine: podman, restart: no }");

        failed.Reason.Should().Be("container `vanishes` ended with exit status 3");
        failed.Hint.Should().Be("the container before it was made to vanish when it stops (`--rm`), and is gone");
    }

    [SkippableTheory]
    [InlineData("podman rename killed killed-hookrunner-old")]
    [InlineData("podman rename killed killed-hookrunner-old; podman create --name killed-hookrunner-new localhost/broken:1")]
    [InlineData("podman rename killed killed-hookrunner-old; podman create --name killed localhost/broken:1")]
    [InlineData("podman rename killed killed-hookrunner-old; podman run --detach --name killed localhost/sick:1")]
    public void A_replacement_that_was_killed_half_way_is_mended_by_the_next(string leftover)
    {
        Host.Shell($"podman rm --force --all --time 0; podman run --detach --name killed localhost/shop:1; podman stop killed; {leftover}");
        var old = Host.Shell("podman inspect --format '{{.Id}}' killed-hookrunner-old");

        var failed = (StepOutcome.Failed)Do("container: { name: killed, image: 'localhost/broken:1', engine: podman, restart: no }");

        failed.Hint.Should().Be("the container before it runs again");
        Id("killed").Should().Be(old);
        IsRunning("killed").Should().Be("true");
        Names("killed").Should().Be("killed");
    }

    [SkippableFact]
    public void What_an_earlier_replacement_could_not_remove_is_removed_by_the_next()
    {
        Host.Shell("podman run --detach --name proven localhost/shop:1; podman create --name proven-hookrunner-old localhost/shop:1");

        Do("container: { name: proven, image: 'localhost/shop:1', engine: podman, settle: 100ms }").Should().Be(new StepOutcome.Succeeded("replaced"));

        Names("proven").Should().Be("proven");
    }

    [SkippableFact]
    public void The_way_back_is_kept_within_the_time_of_the_step()
    {
        Do("container: { name: late, image: 'localhost/shop:1', engine: podman, settle: 100ms }");

        var failed = Do("container: { name: late, image: 'localhost/shop:2', engine: podman, settle: 1h, within: 1h }", Host.Run(TimeSpan.FromSeconds(8)));

        ((StepOutcome.Failed)failed).Hint.Should().Be("the container before it runs again");
        IsRunning("late").Should().Be("true");
    }
}
