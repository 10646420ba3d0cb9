using HookRunner.Core.Deployment;
using HookRunner.Core.Language;

namespace HookRunner.Core.Tests.Planning;

public class ReleaseResolverSpecs
{
    [Fact]
    public void What_is_not_written_has_its_default() =>
        Settings("link: /opt/app, staging: /opt/app-codedeploy").Should().BeEquivalentTo(new ReleaseSettings
        {
            Link = "/opt/app",
            Staging = "/opt/app-codedeploy",
            Releases = "/opt/app-releases",
            SharedDirectory = "/opt/app-shared",
            Keep = 5,
        });

    [Fact]
    public void Everything_may_be_written_and_rest_on_variables()
    {
        var settings = Settings(
            """
            link: "/opt/${application}/", source: "build/${environment}", releases: "${link}/../r", keep: "${n}", keep_free: 2G, shared: [log, "public/${application}"], shared_dir: "/srv/${application}", owner: "deploy:www", mode: 0750, adopt: true
            """);

        (settings.Link, settings.Source, settings.Staging, settings.Releases).Should().Be(("/opt/myapp", "build/Production-APP", null, "/opt/myapp/../r"));
        (settings.Keep, settings.KeepFree, settings.SharedDirectory).Should().Be((3, 2L << 30, "/srv/myapp"));
        settings.Shared.Should().Equal("log", "public/myapp");
        (settings.Owner!.User, settings.Owner.Group, settings.Mode!.Value.Octal, settings.Adopt).Should().Be(("deploy", "www", 0x1E8u, true));
    }

    [Theory]
    [InlineData("link: \"${release.live}\"", "`${release.live}` is known only when a step starts; `release.link` must be known before anything runs")]
    [InlineData("link: \"/opt/${env.X}\"", "`${env.X}` is known only when a step starts; `release.link`")]
    [InlineData("link: \"${late}\"", "`${late}` is known only when a step starts; `release.link`")]
    [InlineData("link: \"${link}/x\"", "`${link}` cannot be used in `release.link`, which it comes from")]
    [InlineData("link: /opt/app, owner: \"${instance.id}\"", "`${instance.id}` is known only when a step starts; `release` must")]
    [InlineData("link: /opt/app, releases: \"${bad}/x\"", "`${number}` is not defined")]
    [InlineData("link: /opt/app, keep_free: lots", "`keep_free` is `lots`; expected a number of bytes")]
    [InlineData("link: /opt/app, shared: [/log]", "`shared` holds `/log`; expected a path inside the release")]
    [InlineData("link: /opt/app, shared: [a/../../b]", "`shared` holds `a/../../b`")]
    [InlineData("link: /opt/app, staging: /opt", "`staging` is `/opt`, which contains the link (`/opt/app`)")]
    [InlineData("link: /opt/app, staging: /opt/app", "`staging` is `/opt/app`, which is the link (`/opt/app`)")]
    [InlineData("link: /opt/app, releases: /", "`releases` is `/`, which contains the link (`/opt/app`)")]
    [InlineData("link: /opt/app, releases: /bundle", "`releases` is `/bundle`, which is the bundle (`/bundle`)")]
    [InlineData("link: /opt/app, staging: /var/state", "`staging` is `/var/state`, which contains `state` (`/var/state/x`)")]
    [InlineData("link: /opt/app, releases: /r, shared_dir: /r/shared", "`releases` is `/r`, which contains `shared_dir` (`/r/shared`)")]
    [InlineData("link: /opt/app, staging: /opt/appendix", null)]
    public void What_cannot_work_is_refused(string release, string? said)
    {
        var (_, found) = Planned.Try(File(release));

        (said is null ? found.Count == 0 : found.Any(text => text.Contains(said, StringComparison.Ordinal))).Should().BeTrue(string.Join('\n', found));
    }

    [Theory]
    [InlineData("BeforeInstall", "stage", "staging: /s", "`release: stage` cannot run in BeforeInstall: Install has not brought this deployment's files yet")]
    [InlineData("ApplicationStop", "activate", "staging: /s", "`release: activate` cannot run in ApplicationStop")]
    [InlineData("ApplicationStop", "rollback", "staging: /s", null)]
    [InlineData("AfterInstall", "stage", "keep: 3", "there is nothing to stage: `release` has neither `staging` nor `source`")]
    [InlineData("AfterInstall", "stage", "source: app", null)]
    [InlineData("ValidateService", "activate", "keep: 3", null)]
    public void A_release_step_stands_where_it_can_do_something(string item, string verb, string release, string? said)
    {
        var (_, found) = Planned.Try($"version: 1\nrelease: {{ link: /opt/app, {release} }}\nhooks: {{ {item}: [{{ release: {verb} }}] }}", item: LifecycleEvents.Parse(item)!.Value);

        found.Should().HaveCount(said is null ? 0 : 1);
        said?.Should().Match(text => found[0].Contains(text, StringComparison.Ordinal));
    }

    private static ReleaseSettings Settings(string release) => Planned.Of(File(release)).Release!;

    private static string File(string release) =>
        $$"""
        version: 1
        state: /var/state/x
        vars: { n: 3, late: "${instance.id}", bad: "${number}" }
        environments: { Production-APP: { groups: ['/Production-APP(?<number>\d)?/'] } }
        release: { {{release}} }
        hooks: { AfterInstall: [{ run: x }] }
        """;
}
