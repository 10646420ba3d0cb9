using HookRunner.Core.Checking;
using HookRunner.Core.Deployment;
using HookRunner.Core.Diagnostics;
using HookRunner.Core.Tests.Planning;
using HookRunner.Core.Yaml;

namespace HookRunner.Core.Tests.Checking;

public class BundleCheckSpecs
{
    private const string Bound = "hooks:\n  BeforeInstall: [{ location: hookrunner }]\n  AfterInstall: [{ location: hookrunner, timeout: 100 }]\n";

    [Fact]
    public void A_sound_bundle_has_nothing_said_of_it() =>
        Said("AfterInstall: [{ run: x }]", Bound).Should().BeEmpty();

    [Theory]
    [InlineData("", "error BeforeInstall is not bound to hookrunner")]
    [InlineData("hooks:\n  BeforeInstall: [{ location: hookrunner }]", "error the steps of AfterInstall never run: appspec.yml does not bind AfterInstall")]
    [InlineData(Bound + "  ValidateServise: [{ location: hookrunner }]", "error `ValidateServise` is no lifecycle event")]
    [InlineData(Bound + "  ApplicationStart: [{ location: scripts/start.sh }]", "warning ApplicationStart runs `scripts/start.sh` outside of hookrunner")]
    [InlineData(Bound + "  ApplicationStart: [{ location: scripts/gone.sh }]", "error the bundle holds no `scripts/gone.sh`; ApplicationStart would fail")]
    [InlineData(Bound + "  ApplicationStart: [{ location: ../x.sh }]", "error `../x.sh` leads out of the bundle")]
    [InlineData(Bound + "  ApplicationStart: [{ location: bin/hookrunner }]", "error `bin/hookrunner` does not lie beside hookrunner.yml")]
    [InlineData(Bound + "  ApplicationStart: [{ location: hookrunner-x64 }]", "warning the bundle holds no `hookrunner-x64` yet")]
    [InlineData(Bound + "  ApplicationStart: [{ location: hookrunner, sudo: true }]", "error `sudo: true` drops LIFECYCLE_EVENT")]
    [InlineData(Bound + "  ApplicationStart: [{ location: hookrunner, runas: deploy }]", "warning `runas: deploy`: hookrunner is meant to run as root")]
    [InlineData(Bound + "  ApplicationStart: [{ location: hookrunner }, { location: hookrunner }]", "warning ApplicationStart runs hookrunner 2 times")]
    [InlineData(Bound + "  ApplicationStart: [{ location: launcher }]", null)]
    [InlineData(Bound + "  ApplicationStart: [{ location: renamed }]", null)]
    [InlineData(Bound + "files: [{ source: app, destination: /opt/x }]", null)]
    [InlineData(Bound + "files: [{ source: /, destination: /opt/x }]", null)]
    [InlineData(Bound + "files: [{ source: gone, destination: /opt/x }]", "error the bundle holds no `gone`; Install would fail")]
    public void Appspec_and_bundle_fit_together(string appSpec, string? start)
    {
        var said = Said("AfterInstall: [{ run: x }]", appSpec);

        said.Any(line => start is not null && line.StartsWith(start, StringComparison.Ordinal)).Should().Be(start is not null, string.Join('\n', said));
        (start is null ? said : []).Should().BeEmpty();
    }

    [Theory]
    [InlineData("script: scripts/start.sh", null)]
    [InlineData("script: ./scripts//start.sh", null)]
    [InlineData("script: \"${bundle}/scripts/start.sh\"", null)]
    [InlineData("script: /opt/other.sh", null)]
    [InlineData("script: \"${env.X}/start.sh\"", null)]
    [InlineData("script: scripts/gone.sh", "error the bundle holds no `scripts/gone.sh`, which `script` names")]
    [InlineData("script: Scripts/Start.sh", "error the bundle holds no `Scripts/Start.sh`")]
    [InlineData("script: \"${bundle}/gone.sh\"", "error the bundle holds no `gone.sh`")]
    [InlineData("script: ../start.sh", "error `../start.sh` leads out of the bundle")]
    [InlineData("script: scripts", "error `scripts` is a directory; expected a script")]
    [InlineData("script: scripts/crlf.sh", "error `scripts/crlf.sh` has CRLF line ends")]
    [InlineData("script: scripts/bare.sh", "warning `scripts/bare.sh` has no `#!` line")]
    [InlineData("script: scripts/plain.sh", "warning `scripts/plain.sh` has no x bit")]
    [InlineData("script: scripts/loud.sh", "warning `scripts/loud.sh` holds `tee /dev/stderr`")]
    [InlineData("script: tool", "error `tool` is a program without its x bit")]
    [InlineData("run: x, env_file: [{ path: gone.env, optional: true }]", null)]
    [InlineData("run: x, env_file: gone.env", "error the bundle holds no `gone.env`, which `env_file` names")]
    [InlineData("run: x > /dev/stderr", "warning `> /dev/stderr`, which opens the step's output anew")]
    [InlineData("run: x, when: { run: \"x | tee /dev/stderr\" }", "warning `tee /dev/stderr`, which opens")]
    [InlineData("run: x, timeout: 80s", null)]
    [InlineData("run: x, timeout: 2m", "warning `timeout` is 2m, and all steps of AfterInstall together have 1m30s")]
    [InlineData("http: { url: \"http://x\", within: 80s }", null)]
    [InlineData("http: { url: \"http://x\", within: 2m }", "warning `within` is 2m, and all steps of AfterInstall together have 1m30s")]
    public void Steps_fit_the_bundle_and_the_events_time(string step, string? start)
    {
        var said = Said($"AfterInstall: [{{ {step} }}]", Bound);

        said.Select(line => line[..Math.Min(line.Length, start?.Length ?? 0)]).Should().Equal(start is null ? [] : [start]);
    }

    [Fact]
    public void Mistakes_of_every_environment_and_event_are_told_once()
    {
        var said = Said(
            """
            AfterInstall:
                - { exec: [a, "${x}"], only: { environment: staging } }
                - { exec: [a, "${y}"], only: { role: job } }
              BeforeInstall: [{ exec: [ls, "${release.live}"] }]
            environments:
              production: { groups: ["Production-*"], vars: { x: 1, y: 1 } }
              staging: { groups: ["Staging-*"] , vars: { z: 1 } }
            roles: { web: { groups: ["*-APP"] }, job: { groups: ["*-JOB"] } }
            release: { link: /opt/app }
            """, Bound);

        said.Select(line => line.Split(" | ")[0]).Should().BeEquivalentTo(
            "error `${x}` is not defined",
            "error `${y}` is not defined",
            "error `${release.live}` is nothing on a first deployment, where the link is not there yet");
    }

    [Theory]
    [InlineData("/opt/app", "error Install writes through the link `/opt/app` into the live release")]
    [InlineData("/opt/app/config", "error Install writes through the link `/opt/app` into the live release")]
    [InlineData("/opt/elsewhere", "warning no `files` of appspec.yml installs into `/opt/app-staging`")]
    [InlineData("/opt/app-staging/", null)]
    public void Install_keeps_off_the_live_release(string destination, string? start)
    {
        var said = Said("AfterInstall: [{ release: stage }]\nrelease: { link: /opt/app, staging: /opt/app-staging }",
            $"{Bound}files: [{{ source: app, destination: {destination} }}]");

        said.Any(line => line.StartsWith(start ?? " ", StringComparison.Ordinal)).Should().Be(start is not null, string.Join('\n', said));
    }

    [Fact]
    public void The_seeds_form_is_told_what_ends_it() =>
        Said("AfterInstall: [{ steps: [{ link: { path: /opt/app, to: /opt/app-codedeploy } }] }]", $"{Bound}files: [{{ source: app, destination: /opt/app-codedeploy }}]")
            .Should().Equal(
                "warning from the second deployment on, Install rewrites `/opt/app-codedeploy` behind the link `/opt/app`, file by file"
                + " | write `release: { link: /opt/app, staging: /opt/app-codedeploy }`, and in place of this step `- release: stage` and `- release: activate`");

    [Fact]
    public void Two_environments_that_one_group_could_match_are_warned_of() =>
        Said("AfterInstall: [{ run: x }]\nenvironments: { a: { groups: [\"web-*\"] }, b: { groups: [\"*-prod\"] } }", Bound)
            .Should().ContainSingle().Which.Should().StartWith("warning a deployment group such as `web-prod` would match both `a` (web-*) and `b` (*-prod)");

    [Fact]
    public void A_bundle_without_appspec_is_refused() =>
        Said("AfterInstall: [{ run: x }]", null).Should().ContainSingle().Which.Should().StartWith("error there is no appspec.yml beside it");

    [Fact]
    public void An_appspec_that_hooks_would_not_find_is_refused() =>
        Said("AfterInstall: [{ run: x }]", Bound, "appspec.yaml").Should().ContainSingle()
            .Which.Should().StartWith("error agent 1.8 finds no hooks in `appspec.yaml`");

    [Fact]
    public void A_group_that_is_named_is_the_only_one_checked()
    {
        var diagnostics = new DiagnosticBag();
        var file = Planned.File("version: 1\nenvironments: { a: { groups: [a] } }\nhooks: { AfterInstall: [{ run: x }] }");
        var bundle = new BundleUnderCheck { File = file, Groups = ["b"], Entry = Entry };

        BundleCheck.Run(bundle, diagnostics).Should().Equal("b");

        diagnostics.Sorted().Select(item => item.Message).Should().Contain("no environment takes deployment group `b`");
    }

    private static List<string> Said(string hooks, string? appSpec, string name = "appspec.yml")
    {
        var diagnostics = new DiagnosticBag();
        var bundle = new BundleUnderCheck
        {
            File = Planned.File($"version: 1\nhooks:\n  {hooks}\n"),
            AppSpec = appSpec is null ? null : AppSpecOf(appSpec, name, diagnostics),
            AppSpecName = appSpec is null ? null : name,
            Entry = Entry,
        };
        BundleCheck.Run(bundle, diagnostics);
        return [.. diagnostics.Sorted().Select(item =>
            $"{item.Severity.ToString().ToLowerInvariant()} {item.Message}{(item.Message.StartsWith("from the", StringComparison.Ordinal) ? $" | {item.Remedy}" : "")}")];
    }

    private static AppSpec? AppSpecOf(string text, string name, DiagnosticBag diagnostics)
    {
        var source = new SourceText(name, $"version: 0.0\nos: linux\n{text}");
        return AppSpecReader.Read(YamlLoader.Load(source, diagnostics)!, source, diagnostics);
    }

    private static BundleEntry? Entry(string path) => path switch
    {
        "hookrunner" => new BundleEntry { IsExecutable = true, IsBinary = true },
        "renamed" => new BundleEntry { IsExecutable = true, IsBinary = true },
        "launcher" => new BundleEntry { IsExecutable = true, Text = "#!/bin/sh\nexec \"$0-$(uname -m)\" # hookrunner" },
        "tool" => new BundleEntry { IsBinary = true },
        "app" or "scripts" or "" => new BundleEntry { IsDirectory = true },
        "scripts/start.sh" => new BundleEntry { IsExecutable = true, Text = "#!/bin/sh\ntrue\n" },
        "scripts/crlf.sh" => new BundleEntry { IsExecutable = true, Text = "#!/bin/sh\r\ntrue\r\n" },
        "scripts/bare.sh" => new BundleEntry { IsExecutable = true, Text = "true\n" },
        "scripts/plain.sh" => new BundleEntry { Text = "#!/bin/sh\n" },
        "scripts/loud.sh" => new BundleEntry { IsExecutable = true, Text = "#!/bin/sh\nls | tee /dev/stderr | wc\n" },
        _ => null,
    };
}
