using HookRunner.Core.Steps;

namespace HookRunner.Host.Tests.Steps.Containers;

/// <summary>Containers that really run: how a new one is started, watched and told of.</summary>
[Collection(EngineRoom.Name)]
public sealed class ContainerSpecs(EngineHost host) : OnEngine(host)
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

        Host.Shell($"podman logs {name}").Should().Contain("PLAIN=it's $HOME #1\n").And.Contain("LINES=one\ntwo\n").And.Contain("QUOTED=\"as it is\"\n")
            .And.Contain("THERE=a b\n").And.Contain("PATH=/bin\n").And.Contain("EMPTY=\n").And.Contain("from the host");
        Host.Shell($"podman inspect --format '{{{{.Config.User}}}} {{{{.HostConfig.RestartPolicy.Name}}}} {{{{.HostConfig.Memory}}}} {{{{.Config.Labels.team}}}}' {name}")
            .Should().Be("33:33 on-failure 67108864 shop");
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

        Host.Shell("podman inspect --format '{{.State.Health.Status}}' healthy").Should().Be("healthy");
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
        Host.Image("localhost/slow:1", "HEALTHCHECK --interval=1s --retries=100 --start-period=60s CMD test -f /nowhere\nCMD [\"/bin/sleep\", \"1000\"]\nSTOPSIGNAL KILL");

        ((StepOutcome.Failed)Do("container: { name: slow, image: 'localhost/slow:1', engine: podman, within: 1s }")).Reason
            .Should().Be("container `slow` is not healthy after 1s (it is starting)");
    }

    [SkippableFact]
    public void No_value_of_the_environment_is_on_a_command_line()
    {
        var run = Host.Run();

        Do("container: { name: silent, image: 'localhost/shop:1', engine: podman, settle: 0s, env: { TOKEN: tell-nobody, KEY: \"tell\\nnobody\" } }", run);

        run.Helpers.Should().NotBeEmpty().And.NotContain(helper => helper.Contains("nobody"));
        Host.Shell("podman exec silent env").Should().Contain("TOKEN=tell-nobody").And.Contain("KEY=tell\nnobody");
    }

    [SkippableFact]
    public void Secrets_of_an_env_file_are_hidden()
    {
        using var folder = new TempFolder();
        var run = Host.Run();

        Do($"container: {{ name: hides, image: 'localhost/shop:1', engine: podman, settle: 0s, env_file: [{{ path: {folder.Write("s.env", "TOKEN=hide-me")}, secret: true }}] }}", run);

        run.Hidden.Should().Equal("hide-me");
    }
}
