using HookRunner.Core.Steps;

namespace HookRunner.Host.Tests.Steps.Containers;

/// <summary>The smaller forms of `container`: registry, archives, removal, old images.</summary>
[Collection(EngineRoom.Name)]
public sealed class ImageSpecs(EngineHost host) : OnEngine(host)
{
    [SkippableTheory]
    [InlineData("podman")]
    [InlineData("docker")]
    public void Containers_are_stopped_and_removed_and_their_volumes_stay(string engine)
    {
        Needs();
        Host.Shell($"podman run --detach --name one-{engine} --volume kept-{engine}:/kept localhost/shop:1; podman create --name two-{engine} localhost/shop:1");
        var step = $"container: {{ remove: [one-{engine}, two-{engine}, three-{engine}], engine: {engine} }}";

        Do(step).Should().Be(new StepOutcome.Succeeded($"removed one-{engine}, two-{engine}"));
        Do(step).Should().Be(new StepOutcome.Succeeded("already so: no such container"));

        Host.Shell($"podman ps --all --format '{{{{.Names}}}}' --filter name=one-{engine} --filter name=two-{engine}").Should().BeEmpty();
        Host.Shell("podman volume ls --format '{{.Name}}'").Should().Contain($"kept-{engine}");
    }

    [SkippableTheory]
    [InlineData("podman")]
    [InlineData("docker")]
    public void The_beginning_of_an_id_is_no_name(string engine)
    {
        Needs();
        var id = Host.Shell($"podman run --detach --name bystander-{engine} localhost/shop:1");

        Do($"container: {{ remove: {id[..12]}, engine: {engine} }}").Should().Be(new StepOutcome.Succeeded("already so: no such container"));

        IsRunning($"bystander-{engine}").Should().Be("true");
    }

    [SkippableFact]
    public void What_a_killed_replacement_left_goes_with_its_container()
    {
        Needs();
        Host.Shell("podman create --name gone-hookrunner-old localhost/shop:1; podman create --name gone-hookrunner-new localhost/shop:1");

        Do("container: { remove: gone, engine: podman }").Should().Be(new StepOutcome.Succeeded("removed gone-hookrunner-new, gone-hookrunner-old"));
    }

    [SkippableTheory]
    [InlineData("podman")]
    [InlineData("docker")]
    public void Images_of_an_archive_are_loaded_once(string engine)
    {
        Needs();
        using var folder = new TempFolder();
        Host.Image($"localhost/loads-{engine}:1", "LABEL loads=1");
        Host.Shell($"podman save --quiet --output {folder.At("images.tar")} localhost/loads-{engine}:1; podman rmi localhost/loads-{engine}:1");
        var step = $"container: {{ load: {folder.At("images.tar")}, engine: {engine} }}";

        Do(step).Should().Be(new StepOutcome.Succeeded($"loaded: localhost/loads-{engine}:1"));
        Do(step).Should().Be(new StepOutcome.Succeeded($"already loaded: localhost/loads-{engine}:1"));

        Host.Shell($"podman image exists localhost/loads-{engine}:1");
    }

    [SkippableFact]
    public void An_archive_that_is_none_is_told()
    {
        using var folder = new TempFolder();

        ((StepOutcome.Failed)Do($"container: {{ load: {folder.Write("images.tar", "no archive")}, engine: podman }}")).Reason.Should().StartWith("`podman load`: ");
    }

    [SkippableTheory]
    [InlineData("podman")]
    [InlineData("docker")]
    public void Images_without_a_name_that_nothing_uses_are_removed_and_no_others(string engine)
    {
        Needs();
        var image = $"localhost/old-{engine}:1";
        Host.Image(image, "LABEL used=1\nCMD [\"/bin/sleep\", \"1000\"]\nSTOPSIGNAL KILL");
        Host.Shell($"podman run --detach --name uses-{engine} {image}");
        Host.Image(image, "LABEL unused=1");
        Host.Image(image, "LABEL named=1");

        Do($"container: {{ prune: true, engine: {engine}, older_than: 1h }}").Should().Be(new StepOutcome.Succeeded("already so: nothing to remove"));
        Do($"container: {{ prune: true, engine: {engine} }}").Should().BeOfType<StepOutcome.Succeeded>().Which.Note.Should().StartWith("removed ");
        Do($"container: {{ prune: true, engine: {engine} }}").Should().Be(new StepOutcome.Succeeded("already so: nothing to remove"));

        IsRunning($"uses-{engine}").Should().Be("true");
        Host.Shell($"podman image exists {image}; podman image exists localhost/shop:1");
    }

    [SkippableTheory]
    [InlineData("podman")]
    [InlineData("docker")]
    public void An_image_of_a_registry_is_pulled_after_a_login_by_a_password_out_of_sight(string engine)
    {
        Needs();
        Host.StartRegistry();
        Host.Shell("podman logout --all; rm -f $HOME/.docker/config.json");
        using var folder = new TempFolder();
        var image = $"{Host.Registry}/shop-{engine}:1";
        Host.Shell($"podman push --quiet --creds deploy:s3cret-pass localhost/shop:1 {image}");

        var refused = (StepOutcome.Failed)Do($"container: {{ pull: '{image}', engine: {engine} }}");
        var wrong = (StepOutcome.Failed)Do($"container: {{ login: '{Host.Registry}', user: deploy, password_file: {folder.Write("wrong", "wrong")}, engine: {engine} }}");
        var run = Host.Run();
        var login = Do($"container: {{ login: '{Host.Registry}', user: deploy, password_file: {folder.Write("right", "s3cret-pass\n")}, engine: {engine} }}", run);
        var pulled = Do($"container: {{ pull: '{image}', engine: {engine} }}");
        var again = Do($"container: {{ pull: '{image}', engine: {engine} }}");
        var absent = (StepOutcome.Failed)Do($"container: {{ pull: '{Host.Registry}/shop-{engine}:2', engine: {engine} }}");

        refused.Hint.Should().Be("log in before it: `container: { login: REGISTRY }`");
        wrong.Reason.Should().StartWith($"`{engine} login`: ");
        login.Should().Be(new StepOutcome.Succeeded($"logged in to {Host.Registry}"));
        run.Hidden.Should().Equal("s3cret-pass");
        run.Helpers.Should().NotContain(helper => helper.Contains("s3cret-pass"));
        pulled.Should().Be(new StepOutcome.Succeeded($"pulled {image}"));
        again.Should().Be(new StepOutcome.Succeeded("already here"));
        absent.Hint.Should().Be("is this tag pushed?");
    }

    [SkippableFact]
    public void A_tag_that_moves_is_asked_for_before_the_old_container_is_touched()
    {
        Needs();
        Host.StartRegistry();
        Host.Shell($"podman push --quiet --creds deploy:s3cret-pass localhost/shop:1 {Host.Registry}/moves:latest; podman login --username deploy --password s3cret-pass {Host.Registry}");
        var step = $"container: {{ name: moves, image: '{Host.Registry}/moves', engine: podman, settle: 100ms }}";
        Do(step).Should().Be(new StepOutcome.Succeeded("started"));

        Host.Shell($"podman push --quiet --creds deploy:s3cret-pass localhost/shop:2 {Host.Registry}/moves:latest");
        Do(step).Should().Be(new StepOutcome.Succeeded("replaced"));
        Do(step).Should().Be(new StepOutcome.Succeeded("already running"));
        Host.Shell($"podman logout {Host.Registry}; rm -f $HOME/.docker/config.json");
        var failed = (StepOutcome.Failed)Do(step);

        failed.Reason.Should().StartWith("`podman pull`: ");
        IsRunning("moves").Should().Be("true");
    }

    [Theory]
    [InlineData("123456789012.dkr.ecr.eu-central-1.amazonaws.com", "ecr get-login-password", "eu-central-1")]
    [InlineData("123456789012.dkr.ecr-fips.us-gov-west-1.amazonaws.com", "ecr get-login-password", "us-gov-west-1")]
    [InlineData("123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn", "ecr get-login-password", "cn-north-1")]
    [InlineData("123456789012.dkr-ecr.eu-west-1.on.aws", "ecr get-login-password", "eu-west-1")]
    [InlineData("public.ecr.aws", "ecr-public get-login-password", "us-east-1")]
    public void The_password_of_ECR_goes_from_the_AWS_CLI_to_the_engine_unseen(string registry, string asked, string region)
    {
        // Neither AWS nor a registry of that name is in reach: both programs write down what they are given.
        using var folder = new TempFolder();
        const UnixFileMode executable = (UnixFileMode)0x1ED;
        folder.Write("aws", $"#!/bin/sh\necho \"$@\" > {folder.At("asked")}\necho pass-of-the-hour\n", executable);
        folder.Write("docker", $"#!/bin/sh\n[ \"$1\" = --version ] || {{ echo \"$@\"; cat; }} > {folder.At("given")}\n", executable);
        var run = new TestStepRun(folder.Path) { HelperPrefix = ["env", $"PATH={folder.Path}:/usr/bin:/bin"], Variables = new() { ["PATH"] = $"{folder.Path}:/usr/bin:/bin" } };

        Some.Step($"container: {{ login: {registry} }}").Run(run).Should().Be(new StepOutcome.Succeeded($"logged in to {registry}"));

        File.ReadAllText(folder.At("asked")).Should().StartWith($"{asked} ").And.EndWith($" --region {region}\n");
        File.ReadAllText(folder.At("given")).Should().Be($"login --username AWS --password-stdin {registry}\npass-of-the-hour");
        run.Hidden.Should().Equal("pass-of-the-hour");
        run.Helpers.Should().NotContain(helper => helper.Contains("pass-of"));
    }

    [SkippableFact]
    public void Docker_comes_first_and_is_named()
    {
        var run = Host.Run();

        Do("container: { remove: nothing }", run);

        run.Said.Should().ContainSingle().Which.Should().StartWith("by Docker version ");
    }

    [Fact]
    public void A_host_without_any_is_told() =>
        ((StepOutcome.Failed)Some.Step("container: { remove: nothing }").Run(new TestStepRun("/") { HelperPrefix = ["/nowhere/at-all"] })).Reason
            .Should().Be("neither docker nor podman is on this host");

    [SkippableFact]
    public void A_docker_whose_daemon_is_out_of_reach_is_told_and_podman_not_taken_in_its_place()
    {
        Needs();
        using var folder = new TempFolder();
        var run = new TestStepRun(folder.Path) { HelperPrefix = ["env", "PATH=/usr/local/bin:/usr/bin:/bin", $"DOCKER_HOST=unix://{folder.At("nobody")}"] };

        var failed = (StepOutcome.Failed)Some.Step("container: { remove: nothing }").Run(run);

        failed.Reason.Should().Contain("Cannot connect to the Docker daemon");
        failed.Hint.Should().Be("does it run? `systemctl status docker`");
    }
}
