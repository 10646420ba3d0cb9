using HookRunner.Core.Steps;

namespace HookRunner.Host.Tests.Steps.Containers;

/// <summary>What a `container` step says of itself, and which mistakes are seen before anything runs.</summary>
public sealed class ContainerWordSpecs
{
    [Theory]
    [InlineData("container: {}", "1:12 `container` needs `name` and `image` (for example `{ name: web, image: \"shop:1.4\" }`; or one of login, load, pull, remove, prune)")]
    [InlineData("container: { name: web }", "1:12 `container` needs `image` (for example `{ name: web, image: \"shop:1.4\" }`; or one of login, load, pull, remove, prune)")]
    [InlineData("container: { remove: web, load: a.tar }", "1:12 `container` has load and remove; expected one of them (use a step for each)")]
    [InlineData("container: { remove: web, ports: '80:80' }", "1:34 `ports` means nothing beside `remove` (take it out, or write a step of its own for the container)")]
    [InlineData("container: { name: web, image: shop, password: x }", "1:48 `password` means nothing beside a container")]
    [InlineData("container: { name: w, image: shop }", "1:20 `w` is no container's name; expected letters, digits and `_.-`, at least two")]
    [InlineData("container: { name: 'my web', image: shop }", "1:20 `my web` is no container's name; expected letters, digits and `_.-`, at least two")]
    [InlineData("container: { name: web, image: 'https://example.com/shop' }", "1:32 `https://example.com/shop` is a URL; expected an image without `https://`")]
    [InlineData("container: { name: web, image: example.com/Shop }", "1:32 `example.com/Shop` is no image: the name of a repository has no capitals")]
    [InlineData("container: { name: web, image: 'a b' }", "1:32 `a b` is no image; expected a name such as `shop:1.4`")]
    [InlineData("container: { name: web, image: shop, ports: http }", "1:45 `http` is no port; expected `8080:80`, with an address before or `/udp` after where wanted")]
    [InlineData("container: { name: web, image: shop, ports: ['80:80', '70000:80'] }", "1:55 `70000:80` is no port; expected `8080:80`, with an address before or `/udp` after where wanted")]
    [InlineData("container: { name: web, image: shop, ports: '80:80', network: host }", "1:45 `ports` has no effect with `network: host` (the container's ports are the host's there: take `ports` out)")]
    [InlineData("container: { name: web, image: shop, volumes: ./data:/data }", "1:47 `./data:/data` is no volume; expected `/on/host:/in/container` or `name:/in/container`")]
    [InlineData("container: { name: web, image: shop, volumes: /data }", "1:47 `/data` would be an empty volume at each deployment; expected `/on/host:/data`, or `name:/data` for one that stays")]
    [InlineData("container: { name: web, image: shop, restart: 'on' }", "1:47 `restart` is `on`; expected `no`, `always`, `unless-stopped`, `on-failure` or `on-failure:3`")]
    [InlineData("container: { name: web, image: shop, pull_policy: sometimes }", "1:51 `pull_policy` is `sometimes`; expected `always`, `missing`, `never`")]
    [InlineData("container: { name: web, image: shop, options: [512m] }", "1:47 `options` begins with `512m`; expected an option such as `--memory`")]
    [InlineData("container: { name: web, image: shop, options: ['--env=A=b'] }", "1:48 `--env` has no place in `options`: everyone can read a command line: write it under `env`")]
    [InlineData("container: { name: web, image: shop, options: [--rm] }", "1:48 `--rm` has no place in `options`: a failed container would take its log with it")]
    [InlineData("container: { name: web, image: shop, env: { 'A B': c } }", "1:43 `A B` is no name of a variable")]
    [InlineData("container: { name: web, image: shop, command: npm start }", "1:47 `command` is text; expected a list")]
    [InlineData("container: { prune: false }", "1:21 `prune` takes only `true`")]
    [InlineData("container: { remove: [] }", "1:22 `remove` names no container")]
    [InlineData("container: { pull: -x }", "1:20 `-x` is no image; expected a name such as `shop:1.4`")]
    [InlineData("container: { login: 'https://registry.example.com', user: a, password_file: /p }", "1:21 `https://registry.example.com` is no host name; expected a registry such as `registry.example.com`, without `https://` and without an image")]
    [InlineData("container: { login: registry.example.com }", "1:21 `registry.example.com` is no registry of ECR; expected `user` and `password` or `password_file` beside it")]
    [InlineData("container: { login: registry.example.com, user: a }", "1:21 `user` needs `password` or `password_file`")]
    [InlineData("container: { login: registry.example.com, password_file: /p }", "1:21 a password needs its `user`")]
    [InlineData("container: { login: registry.example.com, user: a, password: hunter2 }", "1:62 a password does not belong into a file of the bundle (take it from a variable (`\"${env.REGISTRY_PASSWORD}\"`, which `config` or an `env_file` sets), or from a `password_file` of the host)")]
    [InlineData("container: { name: web, image: shop, engine: lxc }", "1:46 `engine` is `lxc`; expected `docker`, `podman`")]
    [InlineData("container: { nmae: web, image: shop }", "1:14 unknown key `nmae` in `container` (did you mean `name`?)")]
    public void A_step_that_cannot_be_meant_is_refused(string step, string mistake) => Some.Mistakes(step).Should().Contain(mistake);

    [Theory]
    [InlineData("container: { name: web, image: 'shop:1.4' }", "web",
        "replace container web by one of image shop:1.4, pulled if it is not here, restart unless-stopped; healthy within 1m, without a health check up for 5s")]
    [InlineData("container: { name: web, image: shop, ports: '80:80', volumes: 'data:/a', env: { KEY: secret }, env_file: /etc/web.env, network: shop, user: '33', restart: always, options: [--memory, 1g], command: [serve, 'a b'], within: 5s, settle: 0s }", "web",
        "replace container web by one of image shop, pulled first, ports 80:80, volumes data:/a, env KEY, env_file /etc/web.env, network shop, user 33, restart always, --memory 1g, command serve 'a b'; healthy within 5s, without a health check up for 0s")]
    [InlineData("container: { name: web, image: 'shop:${env.TAG}' }", "web",
        "replace container web by one of image shop:<read when the step starts>, pulled as its tag has it, restart unless-stopped; healthy within 1m, without a health check up for 5s")]
    [InlineData("container: { login: public.ecr.aws }", "login public.ecr.aws", "log in to public.ecr.aws with a password of the AWS CLI")]
    [InlineData("container: { login: ghcr.io, user: bot, password: '${env.TOKEN}' }", "login ghcr.io", "log in to ghcr.io as bot with a password")]
    [InlineData("container: { load: images.tar }", "load images.tar", "load the images of images.tar")]
    [InlineData("container: { pull: [a, 'b:1'] }", "pull a, b:1", "pull a and b:1")]
    [InlineData("container: { remove: [web, job] }", "remove web, job", "stop and remove containers web and job; missing is fine, volumes stay")]
    [InlineData("container: { prune: true, older_than: 24h }", "prune", "remove images that have no name and that no container uses, made more than 24h ago")]
    public void A_step_shows_what_it_does(string step, string subject, string words)
    {
        var action = Some.Step(step);

        action.Subject.Should().Be(subject);
        action.Describe().Should().Be(words);
    }

    [Theory]
    [InlineData("container: { name: web, image: shop }", true)]
    [InlineData("container: { login: public.ecr.aws }", false)]
    [InlineData("container: { load: images.tar }", false)]
    [InlineData("container: { pull: shop }", false)]
    [InlineData("container: { remove: web }", false)]
    [InlineData("container: { prune: true }", false)]
    public void Under_simulation_it_is_recorded_and_not_done(string step, bool serves)
    {
        var run = new TestStepRun("/") { Simulated = true };
        var action = Some.Step(step);

        action.Run(run).Should().Be(new StepOutcome.Succeeded("recorded"));

        run.Helpers.Should().BeEmpty();
        run.HasRecordedService.Should().Be(serves);
        run.Said.Should().Equal($"recorded: {action.Describe()}");
    }

    [Fact]
    public void An_archive_of_the_bundle_must_be_there_before_anything_runs() =>
        Some.Step("container: { load: images/shop.tar }").Sources.Select(source => source.Text).Should().Equal("images/shop.tar");
}
