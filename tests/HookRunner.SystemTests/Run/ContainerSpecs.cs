using HookRunner.SystemTests.Simulation;
using HookRunner.SystemTests.Support;

namespace HookRunner.SystemTests.Run;

/// <summary>Containers under the executable: they outlive the hook, and what stops a step's programs does not reach them.</summary>
public class ContainerSpecs
{
    [SkippableFact]
    public void A_container_lives_on_after_its_hook_and_comes_back_where_the_next_one_fails()
    {
        using var place = new PodmanPlace();
        using var bundle = Bundle.Create(Steps(place, ""));
        bundle.Under18("ApplicationStart").ErrorCode.Should().Be(AgentErrorCode.Succeeded);
        var before = place.Shell("podman inspect --format '{{.Id}} {{.State.StartedAt}}' web");
        var again = bundle.Under18("ApplicationStart");
        var untouched = place.Shell("podman inspect --format '{{.Id}} {{.State.StartedAt}}' web");

        bundle.WriteHookFile(Steps(place, ", restart: no, env: { TOKEN: tell-nobody }, command: [sh, -c, 'echo no database with $TOKEN; exit 3']"));
        var failed = bundle.Under18("ApplicationStart");

        again.Text.Should().Contain("(already running)");
        untouched.Should().Be(before);
        failed.ErrorCode.Should().Be(AgentErrorCode.Failed);
        failed.Window.Should().Contain("container `web` ended with exit status 3").And.Contain("| no database with ***")
            .And.Contain("hint: the container before it runs again");
        failed.Text.Should().NotContain("tell-nobody");
        place.Shell("podman inspect --format '{{.Id}} {{.State.Running}}' web").Should().Be($"{before.Split(' ')[0]} true");
        place.Shell("podman logs web").Should().Contain("serving");
    }

    [SkippableFact]
    public void A_compose_file_sees_what_a_command_of_the_step_would_see()
    {
        using var place = new PodmanPlace();
        place.Serve();
        using var bundle = Bundle.Create($$"""
            version: 1
            application: Web Shop
            env: {{place.Environment}}
            hooks:
              ApplicationStart:
                - exec: [echo, captured]
                  capture: CAPTURED
                - compose: { up: true, engine: docker, settle: 100ms }
                  env: { WRITTEN: written }
                  env_file: own.env
              ApplicationStop:
                - compose: { down: true, engine: docker }
            """);
        bundle.Write("own.env", "READ=read\n");
        bundle.Write("compose.yaml", """
            version: "3.8"
            services:
              web:
                image: localhost/shop:1
                network_mode: host
                environment: { ALL: "$CAPTURED $WRITTEN $READ $DEPLOYMENT_ID" }
            """);

        var up = bundle.Under18("ApplicationStart");
        var seen = place.Shell("podman exec web-shop_web_1 /bin/sh -c 'echo $ALL'");
        var down = bundle.Under18("ApplicationStop");

        up.ErrorCode.Should().Be(AgentErrorCode.Succeeded, up.Text);
        seen.Should().Be($"captured written read {bundle.DeploymentId}");
        down.Text.Should().Contain("(down)");
        place.Shell("podman ps --all --quiet").Should().BeEmpty();
    }

    [SkippableFact]
    public void Simulate_records_a_container_and_runs_it_where_that_is_asked_for()
    {
        using var place = new PodmanPlace();
        using var bundle = new ScriptBundle()
            .WithAppSpec("hooks:\n  ApplicationStart: [{ location: hookrunner }]\n")
            .Write("hookrunner.yml", $"{Steps(place, "")}    - run: podman inspect --format 'it runs, {{{{.State.Running}}}}' web\n      allow_failure: true\n");

        // A mount namespace of its own: without a sandbox the simulated agent's folders are this machine's.
        SimulateResult Simulate(params string[] options) => (bundle.Call(["--no-sandbox", "--yes", .. options]) with
        {
            Through = ["unshare", "--mount", "sh", "-c", "mount -t tmpfs t /opt; mount -t tmpfs t /var/lib/hookrunner 2>/dev/null; \"$0\" \"$@\""],
        }).Run();
        var recorded = Simulate();
        var real = Simulate("--real", "container");

        recorded.Output.Should().Contain("recorded: replace container web by one of image localhost/shop:1").And.NotContain("it runs, true");
        real.Output.Should().Contain("it runs, true").And.EndWith("recorded: 0\nnot checked: 0\n");
    }

    private static string Steps(PodmanPlace place, string more) => $$"""
        version: 1
        application: shop
        mask: [TOKEN]
        env: {{place.Environment}}
        hooks:
          ApplicationStart:
            - container: { name: web, image: "localhost/shop:1", engine: podman, settle: 100ms{{more}} }

        """;
}
