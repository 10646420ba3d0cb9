using HookRunner.Core.Steps;

namespace HookRunner.Host.Tests.Steps.Containers;

/// <summary>Containers that really run: a new one takes the old one's place, or the old one comes back.</summary>
public sealed class ContainerSpecs(EngineHost host) : IClassFixture<EngineHost>
{
    [SkippableTheory]
    [InlineData("podman")]
    [InlineData("docker")]
    public void A_container_is_started_once_and_then_left_alone(string engine)
    {
        var step = $"container: {{ name: once-{engine}, image: 'localhost/shop:1', engine: {engine}, network: host, settle: 100ms }}";

        Do(step).Should().Be(new StepOutcome.Succeeded("started"));
        var id = Id($"once-{engine}");
        Do(step).Should().Be(new StepOutcome.Succeeded("already running"));

        Id($"once-{engine}").Should().Be(id);
    }

    [SkippableTheory]
    [InlineData("podman")]
    [InlineData("docker")]
    public void What_is_wanted_reaches_the_container(string engine)
    {
        using var folder = new TempFolder();
        folder.Write("data.txt", "from the host\n");
        File.SetUnixFileMode(folder.Path, (UnixFileMode)0x1ED);
        var env = folder.Write("app.env", "PLAIN=of the file\nTHERE='a b'\n");
        var name = $"wants-{engine}";

        Do($$"""
            container:
              name: {{name}}
              image: localhost/shop:1
              engine: {{engine}}
              network: host
              user: "33:33"
              restart: on-failure:2
              volumes: ["{{folder.Path}}:/data:ro", "kept-{{engine}}:/kept"]
              env_file: {{env}}
              env:
                PLAIN: "it's $HOME #1"
                LINES: "one\ntwo"
                QUOTED: '"as it is"'
                PATH: /bin
                EMPTY: ""
              options: [--memory, 64m, --label=team=shop]
              command: [/bin/sh, -c, "env; cat /data/data.txt; trap 'exit 0' TERM; sleep 1000 & wait"]
              settle: 300ms
            """).Should().Be(new StepOutcome.Succeeded("started"));

        host.Shell($"podman logs {name}").Should().Contain("PLAIN=it's $HOME #1\n").And.Contain("LINES=one\ntwo\n").And.Contain("QUOTED=\"as it is\"\n")
            .And.Contain("THERE=a b\n").And.Contain("PATH=/bin\n").And.Contain("EMPTY=\n").And.Contain("from the host");
        host.Shell($"podman inspect --format '{{{{.Config.User}}}} {{{{.HostConfig.RestartPolicy.Name}}}} {{{{.HostConfig.Memory}}}} {{{{.Config.Labels.team}}}}' {name}")
            .Should().Be("33:33 on-failure 67108864 shop");
    }

    [SkippableTheory]
    [InlineData("podman")]
    [InlineData("docker")]
    public void Another_configuration_or_image_replaces_it(string engine)
    {
        var name = $"changes-{engine}";
        string Step(string image, string level) =>
            $"container: {{ name: {name}, image: '{image}', engine: {engine}, network: host, env: {{ LEVEL: {level} }}, settle: 100ms }}";
        host.Image($"localhost/moves-{engine}:1", "LABEL version=1\nCMD [\"/bin/sleep\", \"1000\"]\nSTOPSIGNAL KILL");
        Do(Step($"localhost/moves-{engine}:1", "info"));
        var first = Id(name);

        Do(Step($"localhost/moves-{engine}:1", "debug")).Should().Be(new StepOutcome.Succeeded("replaced"));
        var second = Id(name);
        host.Image($"localhost/moves-{engine}:1", "LABEL version=2\nCMD [\"/bin/sleep\", \"1000\"]\nSTOPSIGNAL KILL");
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
    [InlineData("podman")]
    [InlineData("docker")]
    public void One_that_the_engine_starts_again_and_again_does_not_pass(string engine)
    {
        var failed = (StepOutcome.Failed)Do($"container: {{ name: loops-{engine}, image: 'localhost/broken:1', engine: {engine}, network: host, settle: 3s }}");

        failed.Reason.Should().StartWith($"container `loops-{engine}` does not stay up: it was restarted ");
        failed.Detail.Should().Contain("no database");
        Names($"loops-{engine}").Should().BeEmpty();
    }

    [SkippableFact]
    public void A_healthy_one_passes_without_waiting_for_it_to_settle()
    {
        Do("container: { name: healthy, image: 'localhost/healthy:1', engine: podman, settle: 1h, within: 30s }").Should().Be(new StepOutcome.Succeeded("started"));

        host.Shell("podman inspect --format '{{.State.Health.Status}}' healthy").Should().Be("healthy");
    }

    [SkippableFact]
    public void A_sick_one_is_told_with_what_its_health_check_says()
    {
        var failed = (StepOutcome.Failed)Do("container: { name: sick, image: 'localhost/sick:1', engine: podman, within: 30s }");

        failed.Reason.Should().Be("container `sick` is unhealthy");
        failed.Detail.Should().Contain("serving").And.Contain("health check: out of order");
    }

    [SkippableFact]
    public void One_that_is_not_healthy_in_time_is_told()
    {
        host.Image("localhost/slow:1", "HEALTHCHECK --interval=1s --retries=100 --start-period=60s CMD test -f /nowhere\nCMD [\"/bin/sleep\", \"1000\"]\nSTOPSIGNAL KILL");

        ((StepOutcome.Failed)Do("container: { name: slow, image: 'localhost/slow:1', engine: podman, within: 1s }")).Reason
            .Should().Be("container `slow` is not healthy after 1s (it is starting)");
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
        var started = host.Shell($"podman inspect --format '{{{{.State.StartedAt}}}}' {name}");
        var image = wrong.StartsWith("image") ? "" : "image: 'localhost/shop:2', ";

        var failed = (StepOutcome.Failed)Do($"container: {{ name: {name}, {image}engine: {engine}, {wrong} }}");

        failed.Reason.Should().Contain(reason);
        host.Shell($"podman inspect --format '{{{{.State.StartedAt}}}}' {name}").Should().Be(started);
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
        host.Shell("podman create --name stopped localhost/shop:1");

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
        host.Shell(before);
        Do("container: { name: vanishes, image: 'localhost/shop:1', engine: podman, settle: 100ms }").Should().Be(new StepOutcome.Succeeded("replaced"));
        host.Shell($"podman rm --force vanishes; {before}");

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
        host.Shell($"podman rm --force --all --time 0; podman run --detach --name killed localhost/shop:1; podman stop killed; {leftover}");
        var old = host.Shell("podman inspect --format '{{.Id}}' killed-hookrunner-old");

        var failed = (StepOutcome.Failed)Do("container: { name: killed, image: 'localhost/broken:1', engine: podman, restart: no }");

        failed.Hint.Should().Be("the container before it runs again");
        Id("killed").Should().Be(old);
        IsRunning("killed").Should().Be("true");
        Names("killed").Should().Be("killed");
    }

    [SkippableFact]
    public void What_an_earlier_replacement_could_not_remove_is_removed_by_the_next()
    {
        host.Shell("podman run --detach --name proven localhost/shop:1; podman create --name proven-hookrunner-old localhost/shop:1");

        Do("container: { name: proven, image: 'localhost/shop:1', engine: podman, settle: 100ms }").Should().Be(new StepOutcome.Succeeded("replaced"));

        Names("proven").Should().Be("proven");
    }

    [SkippableFact]
    public void The_way_back_is_kept_within_the_time_of_the_step()
    {
        Do("container: { name: late, image: 'localhost/shop:1', engine: podman, settle: 100ms }");

        var failed = Do("container: { name: late, image: 'localhost/shop:2', engine: podman, settle: 1h, within: 1h }", host.Run(TimeSpan.FromSeconds(8)));

        ((StepOutcome.Failed)failed).Hint.Should().Be("the container before it runs again");
        IsRunning("late").Should().Be("true");
    }

    [SkippableFact]
    public void No_value_of_the_environment_is_on_a_command_line()
    {
        var run = host.Run();

        Do("container: { name: silent, image: 'localhost/shop:1', engine: podman, settle: 0s, env: { TOKEN: tell-nobody, KEY: \"tell\\nnobody\" } }", run);

        run.Helpers.Should().NotBeEmpty().And.NotContain(helper => helper.Contains("nobody"));
        host.Shell("podman exec silent env").Should().Contain("TOKEN=tell-nobody").And.Contain("KEY=tell\nnobody");
    }

    [SkippableFact]
    public void Secrets_of_an_env_file_are_hidden()
    {
        using var folder = new TempFolder();
        var run = host.Run();

        Do($"container: {{ name: hides, image: 'localhost/shop:1', engine: podman, settle: 0s, env_file: [{{ path: {folder.Write("s.env", "TOKEN=hide-me")}, secret: true }}] }}", run);

        run.Hidden.Should().Equal("hide-me");
    }

    private StepOutcome Do(string step, TestStepRun? run = null)
    {
        Skip.IfNot(host.WhyNot is null, host.WhyNot);
        return Some.Step(step).Run(run ?? host.Run());
    }

    private string Id(string name) => host.Shell($"podman inspect --format '{{{{.Id}}}}' {name}");

    private string IsRunning(string name) => host.Shell($"podman inspect --format '{{{{.State.Running}}}}' {name}");

    /// <summary>All whose names begin so.</summary>
    private string Names(string start) => host.Shell($"podman ps --all --format '{{{{.Names}}}}' --filter name=^{start}");
}
