using HookRunner.Core.Deployment;
using HookRunner.Core.Diagnostics;
using HookRunner.Core.Yaml;

namespace HookRunner.Core.Tests.Deployment;

public class AppSpecReaderSpecs
{
    private const string Head = "version: 0.0\nos: linux\n";

    [Fact]
    public void A_sound_file_reads_without_a_word()
    {
        var (appSpec, said) = Read(
            """
            version: 0.0
            os: linux
            files:
              - source: /app
                destination: /opt/app-codedeploy
            file_exists_behavior: OVERWRITE
            permissions:
              - object: /opt/app-codedeploy
                pattern: "**"
                except: [/opt/app-codedeploy/tmp]
                owner: deploy
                mode: 755
                type: [directory]
            hooks:
              BeforeInstall:
                - location: hookrunner
              AfterInstall:
                - location: /bin/first.sh
                  timeout: 60
                  runas: deploy
                - location: hookrunner
                  timeout: 300
                  sudo: true
            """);

        said.Should().BeEmpty();
        appSpec!.Files.Should().ContainSingle().Which.Destination.Should().Be("/opt/app-codedeploy");
        appSpec.FileExistsBehavior.Should().Be("OVERWRITE");
        appSpec.Permissions.Should().ContainSingle().Which.Mode.Should().Be("755");
        appSpec.Hooks.Select(hook => (hook.Event, hook.Script, hook.TimeoutSeconds, hook.RunAs, hook.Sudo)).Should().Equal(
            ("BeforeInstall", "hookrunner", 3600, null, false),
            ("AfterInstall", "/bin/first.sh", 60, "deploy", false),
            ("AfterInstall", "hookrunner", 300, null, true));
    }

    [Theory]
    [InlineData("os: linux", "1:1 error `version` is missing")]
    [InlineData("version: \"0.0\"\nos: linux", "1:10 error `version` is `\"0.0\"`; both agents want the number 0.0")]
    [InlineData("version: 1.0\nos: linux", "1:10 error `version` is `1.0`")]
    [InlineData("version: 0.0", "1:1 error `os` is missing; agent 1.8")]
    [InlineData("version: 0.0\nos: windows", "2:5 error `os` is `windows`")]
    [InlineData(Head + "file_exists_behavior: OVERWRIT", "3:23 error `file_exists_behavior` is `OVERWRIT`")]
    [InlineData(Head + "file_exist_behavior: RETAIN", "3:1 warning unknown key `file_exist_behavior` in appspec.yml; both agents pass it over silently")]
    [InlineData(Head + "files: { source: a, destination: /b }", "3:8 error `files` is a mapping; both agents want a list")]
    [InlineData(Head + "files:\n  - source: /", "4:5 error an entry of `files` has no `destination`")]
    [InlineData(Head + "files:\n  - { source: /, destination: opt }", "4:31 warning `destination` is `opt`")]
    [InlineData(Head + "permissions:\n  - owner: x", "4:5 error an entry of `permissions` has no `object`")]
    [InlineData(Head + "permissions:\n  - { object: /a, mode: 0644 }", "4:25 warning YAML reads `0644` as the octal number 420")]
    [InlineData(Head + "permissions:\n  - { object: /a, mode: 898 }", "4:25 error `mode` is `898`; both agents want 1 to 4 octal digits")]
    [InlineData(Head + "permissions:\n  - { object: /a, type: [link] }", "4:25 error `type` holds `link`")]
    [InlineData(Head + "hooks: []", "3:8 error `hooks` is a list; both agents want a mapping")]
    [InlineData(Head + "hooks:\n  AfterInstall: { location: a }", "4:17 error `AfterInstall` is a mapping; both agents want a list")]
    [InlineData(Head + "hooks:\n  AfterInstall:", "4:16 error `AfterInstall` holds nothing; agent 1.8")]
    [InlineData(Head + "hooks:\n  AfterInstal: [{ location: a }]", "4:3 error `AfterInstal` is no lifecycle event; its scripts would never run")]
    [InlineData(Head + "hooks:\n  Install: [{ location: a }]", "4:3 error Install is an event in which the agents run no scripts")]
    [InlineData(Head + "hooks:\n  AfterInstall: [{ timeout: 3 }]", "4:18 error a script of AfterInstall has no `location`")]
    [InlineData(Head + "hooks:\n  AfterInstall: [{ location: bin/hookrunner run }]", "4:30 error `location` is `bin/hookrunner run`: agent 1.8")]
    [InlineData(Head + "hooks:\n  AfterInstall: [{ location: a, timout: 3 }]", "4:33 warning unknown key `timout` in a script of AfterInstall")]
    [InlineData(Head + "hooks:\n  AfterInstall: [{ location: a, sudo: yes }]", "4:39 error `sudo` is `yes`; agent 2.x")]
    [InlineData(Head + "hooks:\n  AfterInstall: [{ location: a, sudo: \"true\" }]", "4:39 error `sudo` is `\"true\"`; agent 2.x")]
    [InlineData(Head + "hooks:\n  AfterInstall: [{ location: &a x }, { location: *a }]", "4:33 error this value is used again through a YAML alias")]
    public void What_an_agent_would_refuse_or_pass_over_is_told(string text, string start)
    {
        var (_, said) = Read(text);

        said.Should().ContainSingle().Which.Should().StartWith(start);
    }

    [Theory]
    [InlineData("300", 300, null)]
    [InlineData("0", 3600, "error `timeout` is `0`; both agents")]
    [InlineData("-5", 3600, "error `timeout` is `-5`; both agents")]
    [InlineData("soon", 3600, "error `timeout` is `soon`; both agents")]
    [InlineData("30s", 30, "error `timeout` is `30s`; agent 2.x")]
    [InlineData("\"300\"", 300, "error `timeout` is `\"300\"`; agent 2.x")]
    [InlineData("060", 60, "error `timeout` is `060`; agent 2.x")]
    [InlineData("1.5", 1, "error `timeout` is `1.5`; agent 2.x")]
    [InlineData("7200", 7200, "warning `timeout` is 7200 s")]
    [InlineData("99999999999", 86400, "warning `timeout` is 86400 s")]
    public void A_timeout_reads_as_the_agent_that_takes_it_reads_it(string written, int seconds, string? start)
    {
        var (appSpec, said) = Read($"{Head}hooks:\n  AfterInstall: [{{ location: a, timeout: {written} }}]");

        appSpec!.Hooks.Should().ContainSingle().Which.TimeoutSeconds.Should().Be(seconds);
        said.FirstOrDefault(line => line.Contains("`timeout` is", StringComparison.Ordinal))?[5..].Should().StartWith(start);
        said.Should().HaveCount(start is null ? 0 : seconds > 3600 ? 2 : 1);
    }

    [Fact]
    public void Timeouts_that_add_up_beyond_the_services_own_are_warned_of()
    {
        var (_, said) = Read($"{Head}hooks:\n  AfterInstall: [{{ location: a, timeout: 2000 }}, {{ location: b, timeout: 2000 }}]");

        said.Should().ContainSingle().Which.Should().StartWith("4:3 warning the timeouts of AfterInstall add up to 4000 s");
    }

    private static (AppSpec? AppSpec, List<string> Said) Read(string text)
    {
        var source = new SourceText("appspec.yml", text);
        var diagnostics = new DiagnosticBag();
        var root = YamlLoader.Load(source, diagnostics);
        var appSpec = root is null ? null : AppSpecReader.Read(root, source, diagnostics);
        return (appSpec, [.. diagnostics.Sorted().Select(item =>
            $"{item.Location.Line}:{item.Location.Column} {item.Severity.ToString().ToLowerInvariant()} {item.Message}")]);
    }
}
