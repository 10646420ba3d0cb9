using HookRunner.Core.Steps;

namespace HookRunner.Host.Tests.Steps.Containers;

/// <summary>
/// Compose files brought up by docker-compose (on docker's interface) and by podman-compose. docker's plugin takes the same
/// words; it cannot be had here.
/// </summary>
public sealed class ComposeSpecs(EngineHost host) : OnEngine(host), IClassFixture<EngineHost>
{
    private const string Web = """
        version: "3.8"
        services:
          web:
            image: localhost/shop:1
            NETWORK
            environment: { LEVEL: "${LEVEL:-none}" }
            volumes: ["kept:/kept"]
          job:
            image: localhost/base:1
            NETWORK
            command: ["/bin/sh", "-c", "echo migrated; exit 0"]
        volumes: { kept: {} }
        """;

    [SkippableTheory]
    [InlineData("docker", "already up")]
    [InlineData("podman", "up")]
    public void Services_are_brought_up_once_with_tasks_that_end(string engine, string again)
    {
        using var bundle = Bundle(engine, Web);
        var step = $"compose: {{ up: true, project: once-{engine}, engine: {engine}, settle: 300ms }}";
        var second = Run(engine, bundle);

        Do(step, Run(engine, bundle)).Should().Be(new StepOutcome.Succeeded("up"));
        Do(step, second).Should().Be(new StepOutcome.Succeeded(again));

        States($"once-{engine}").Should().Be("job Exited\nweb Up");
        if (engine == "podman")
        {
            second.Said.Should().Contain("this podman-compose cannot tell whether a service has changed: all of them are made anew");
        }
    }

    [SkippableTheory]
    [InlineData("docker")]
    [InlineData("podman")]
    public void A_changed_service_is_replaced_by_what_its_variables_say_now(string engine)
    {
        using var bundle = Bundle(engine, Web);
        var step = $"compose: {{ up: web, project: changes-{engine}, engine: {engine}, settle: 100ms }}";

        Do(step, With(Run(engine, bundle), "info")).Should().Be(new StepOutcome.Succeeded("up"));
        Do(step, With(Run(engine, bundle), "debug")).Should().Be(new StepOutcome.Succeeded("up"));

        Host.Shell($"podman exec changes-{engine}_web_1 env").Should().Contain("LEVEL=debug");
    }

    [SkippableTheory]
    [InlineData("docker")]
    [InlineData("podman")]
    public void A_service_that_ends_is_told_with_its_last_lines(string engine)
    {
        using var bundle = Bundle(engine, """
            version: "3.8"
            services:
              web: { image: "localhost/shop:1", NETWORK }
              db: { image: "localhost/broken:1", NETWORK }
            """);

        var failed = (StepOutcome.Failed)Do($"compose: {{ up: true, project: ends-{engine}, engine: {engine} }}", Run(engine, bundle));

        failed.Reason.Should().Be("service `db` ended with exit status 3");
        failed.Detail.Should().Contain("no database").And.Contain("giving up").And.NotContain("serving");
    }

    [SkippableTheory]
    [InlineData("docker")]
    [InlineData("podman")]
    public void A_service_that_cannot_be_made_fails_whatever_the_tool_says(string engine)
    {
        using var bundle = Bundle(engine, """
            version: "3.8"
            services:
              web: { image: "localhost/shop:1", NETWORK }
              lost: { image: "localhost/nowhere:1", NETWORK }
            """);

        var failed = (StepOutcome.Failed)Do($"compose: {{ up: true, project: lost-{engine}, engine: {engine}, settle: 0s }}", Run(engine, bundle));

        failed.Reason.Should().ContainAny("localhost/nowhere", "has not made container `lost-podman_lost_1`");
    }

    [SkippableTheory]
    [InlineData("docker")]
    [InlineData("podman")]
    public void Going_down_leaves_volumes_and_is_fine_where_nothing_is_up(string engine)
    {
        using var bundle = Bundle(engine, Web);
        var step = $"compose: {{ down: true, project: downs-{engine}, engine: {engine} }}";
        Do($"compose: {{ up: true, project: downs-{engine}, engine: {engine}, wait: false }}", Run(engine, bundle));

        Do(step, Run(engine, bundle)).Should().Be(new StepOutcome.Succeeded("down"));
        Do(step, Run(engine, bundle)).Should().Be(new StepOutcome.Succeeded("already down"));

        States($"downs-{engine}").Should().BeEmpty();
        Host.Shell("podman volume ls --format '{{.Name}}'").Should().Contain($"downs-{engine}_kept");
    }

    [SkippableFact]
    public void Going_down_needs_no_file_where_nothing_is_up()
    {
        Needs();

        Do("compose: { down: true, project: never-up, file: /nowhere/compose.yml }", Host.Run()).Should().Be(new StepOutcome.Succeeded("already down"));
    }

    [SkippableFact]
    public void A_service_may_have_several_containers()
    {
        using var bundle = Bundle("docker", Web);

        Do("compose: { up: web, scale: { web: 2 }, project: many, engine: docker, settle: 0s }", Run("docker", bundle)).Should().Be(new StepOutcome.Succeeded("up"));

        States("many").Should().Be("web Up\nweb Up");
    }

    [SkippableTheory]
    [InlineData("localhost/healthy:1", "up")]
    [InlineData("localhost/sick:1", "service `web` is unhealthy")]
    public void Services_are_waited_for_until_they_are_healthy(string image, string result)
    {
        using var bundle = Bundle("podman", $"services:\n  web: {{ image: '{image}' }}\n");

        var outcome = Do("compose: { up: true, project: health, engine: podman, settle: 1h, within: 30s }", Run("podman", bundle));

        (outcome is StepOutcome.Failed failed ? failed.Reason : ((StepOutcome.Succeeded)outcome).Note).Should().Be(result);
    }

    [SkippableTheory]
    [InlineData("", "shop")]
    [InlineData("name: \"named-here\" # so\n", "named-here")]
    public void A_project_is_called_as_its_file_says_or_as_the_application(string line, string project)
    {
        using var bundle = Bundle("podman", line + "services:\n  web: { image: 'localhost/shop:1' }\n");

        Do("compose: { up: true, engine: podman, wait: false }", Run("podman", bundle));

        Host.Shell($"podman ps --all --quiet --filter label=com.docker.compose.project={project}").Should().NotBeEmpty();
    }

    [SkippableFact]
    public void An_image_that_cannot_be_pulled_fails_whatever_podman_compose_says()
    {
        using var bundle = Bundle("podman", $"services:\n  web: {{ image: '{Host.Registry}/nowhere:1' }}\n");

        Do("compose: { pull: true, engine: podman }", Run("podman", bundle)).Should().BeOfType<StepOutcome.Failed>();
    }

    [SkippableFact]
    public void A_plugin_of_docker_comes_before_docker_compose()
    {
        using var bundle = Bundle("docker", Web);
        using var folder = new TempFolder();
        folder.Write("cli-plugins/docker-compose", """
            #!/bin/sh
            [ "$1" = docker-cli-plugin-metadata ] && exec echo '{"SchemaVersion":"0.1.0","Vendor":"these tests","Version":"1"}'
            shift
            exec docker-compose "$@"
            """, (UnixFileMode)0x1ED);
        var run = new TestStepRun(bundle.Path) { HelperPrefix = [.. Host.Enter, "env", $"DOCKER_CONFIG={folder.Path}"] };

        Do("compose: { up: web, project: plugged, engine: docker, settle: 0s }", run).Should().Be(new StepOutcome.Succeeded("up"));

        run.Helpers.Should().Contain($"docker compose -p plugged -f {bundle.At("docker-compose.yml")} up --detach web");
        States("plugged").Should().Be("web Up");
    }

    [SkippableFact]
    public void A_bundle_without_a_compose_file_is_told()
    {
        Needs();
        using var folder = new TempFolder();

        ((StepOutcome.Failed)Do("compose: { up: true }", Host.Run(bundle: folder.Path))).Reason
            .Should().Be("the bundle has no compose file; looked for compose.yaml, compose.yml, docker-compose.yml, docker-compose.yaml");
    }

    [Fact]
    public void A_host_without_any_such_program_is_told() =>
        ((StepOutcome.Failed)Some.Step("compose: { up: true }").Run(new TestStepRun("/") { HelperPrefix = ["/nowhere/at-all"] })).Reason
            .Should().Be("this host has nothing that reads compose files; looked for `docker compose`, `docker-compose`, `podman-compose`, `podman compose`");

    /// <summary>docker's interface has no bridges here, podman-compose takes nothing else.</summary>
    private TempFolder Bundle(string engine, string file)
    {
        Needs();
        var folder = new TempFolder();
        folder.Write("docker-compose.yml", file.Replace("NETWORK", engine == "docker" ? "network_mode: host" : "init: false", StringComparison.Ordinal));
        return folder;
    }

    private TestStepRun Run(string engine, TempFolder bundle) => Host.Run(bundle: bundle.Path, networked: engine == "podman");

    private static TestStepRun With(TestStepRun run, string level)
    {
        run.Variables["LEVEL"] = level;
        return run;
    }

    /// <summary>Service and state of each container, sorted.</summary>
    private string States(string project) => Host.Shell(
        $"podman ps --all --filter label=com.docker.compose.project={project} --format '{{{{index .Labels \"com.docker.compose.service\"}}}} {{{{.Status}}}}' | cut -d ' ' -f 1,2 | sort");
}
