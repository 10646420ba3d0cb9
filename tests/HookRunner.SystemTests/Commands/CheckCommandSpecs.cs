using System.Text.Json;
using HookRunner.SystemTests.Support;

namespace HookRunner.SystemTests.Commands;

public class CheckCommandSpecs
{
    private const string Sound =
        """
        version: 1
        environments:
          production: { groups: ["Production-*"] }
          staging: { default: true }
        hooks:
          AfterInstall: [{ script: scripts/install.sh }]
        """;

    [Fact]
    public void A_sound_bundle_passes_and_the_groups_are_named()
    {
        using var bundle = Bundle.Create(Sound);
        bundle.Write("scripts/install.sh", "#!/bin/sh\n", "755");

        var result = Command.Run("/", "check", bundle.Archive);

        result.Should().Be(new Command.Result(0, "every event was planned for Production-x, another-group\n0 errors, 0 warnings\n"));
    }

    [Fact]
    public void Warnings_alone_are_no_failure()
    {
        using var bundle = Bundle.Create(Sound);
        bundle.Write("scripts/install.sh", "ls\n", "755");

        var result = Command.Run(bundle.Archive, "check");

        result.Status.Should().Be(0);
        result.Text.Should().StartWith("hookrunner.yml:6:28: warning: `scripts/install.sh` has no `#!` line");
        result.Text.Should().EndWith("0 errors, 1 warning\n");
    }

    [Fact]
    public void Mistakes_of_all_three_are_told_together_with_their_places()
    {
        using var bundle = Bundle.Create(Sound.Replace("script: scripts/install.sh", "exec: [x, \"${event}\"], cwd: \"${release.dir}\"", StringComparison.Ordinal));
        bundle.Write("appspec.yml",
            """
            version: 0.0
            os: linux
            files: [{ source: app, destination: /opt/app }]
            hooks:
              AfterInstall: [{ location: hookrunner, timeout: 30s }]
            """);

        var result = Command.Run(bundle.Root, "check", "deployment-archive");

        result.Status.Should().Be(3);
        result.Text.Should().Contain("deployment-archive/hookrunner.yml:6:48: error: `${release.dir}` needs a `release:` block")
            .And.Contain("deployment-archive/appspec.yml:5:51: error: `timeout` is `30s`; agent 2.x takes a plain whole number")
            .And.Contain("deployment-archive/appspec.yml:3:9: error: the bundle holds no `app`")
            .And.Contain("deployment-archive/appspec.yml: error: BeforeInstall is not bound to hookrunner")
            .And.EndWith("4 errors, 0 warnings\n");
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_told_without_what_would_follow_from_it()
    {
        using var bundle = Bundle.Create("version: 1\nhooks: { AfterInstall: [{ rnu: x }] }");

        var result = Command.Run("/", "check", bundle.Archive);

        result.Status.Should().Be(3);
        result.Text.Should().Contain("error:").And.EndWith("no plan was made: the mistakes in hookrunner.yml come first\n1 error, 0 warnings\n");
    }

    [Fact]
    public void One_group_may_be_checked_alone()
    {
        using var bundle = Bundle.Create(Sound);
        bundle.Write("scripts/install.sh", "#!/bin/sh\n", "755");

        Command.Run("/", "check", bundle.Archive, "--group", "Production-APP").Text
            .Should().Be("every event was planned for Production-APP\n0 errors, 0 warnings\n");
    }

    [Fact]
    public void Programs_get_the_same_as_json()
    {
        using var bundle = Bundle.Create(Sound);

        var result = Command.Run("/", "check", bundle.Archive, "--json");

        using var json = JsonDocument.Parse(result.Text);
        result.Status.Should().Be(3);
        json.RootElement.GetProperty("errors").GetInt32().Should().Be(1);
        var found = json.RootElement.GetProperty("diagnostics")[0];
        (found.GetProperty("line").GetInt32(), found.GetProperty("column").GetInt32()).Should().Be((6, 28));
        found.GetProperty("message").GetString().Should().Be("the bundle holds no `scripts/install.sh`, which `script` names");
    }

    [Theory]
    [InlineData("./serve &", "`&` starts a program and looks away")]
    [InlineData("[./serve, '&']", "`&` is one more argument here")]
    public void An_ampersand_is_what_background_does_itself(string command, string warning)
    {
        using var bundle = Bundle.Create($"version: 1\nhooks:\n  AfterInstall:\n    - background: {{ command: {command}, log: /var/log/serve.log }}\n");

        var result = Command.Run("/", "check", bundle.Archive);

        result.Text.Should().Contain($"warning: {warning}").And.Contain("\n    take `&` out, and `nohup` with it: `background` starts it so that it goes on\n")
            .And.EndWith("0 errors, 1 warning\n");
    }

    [Fact]
    public void A_folder_without_the_file_is_told()
    {
        using var bundle = Bundle.Empty();

        var result = Command.Run("/", "check", bundle.Archive);

        result.Status.Should().Be(3);
        result.Text.Should().Contain($"{bundle.Archive}/hookrunner.yml: error: cannot be read:");
    }
}
