using HookRunner.Core.Language;

namespace HookRunner.Core.Tests.Language;

public class TopLevelSpecs
{
    [Theory]
    [InlineData("hooks: {}", "1:1 `hookrunner.yml` needs `version`: the language's version: 1")]
    [InlineData("version: 2", "1:10 `version` is `2`; expected `1` | this hookrunner knows version 1 of the language; put hookrunner 2.0 or later into the bundle")]
    [InlineData("version: 0", "1:10 `version` is `0`; expected `1` | write `version: 1`")]
    [InlineData("version: 1.0", "1:10 `version` is `1.0`; expected `1` | write `version: 1`")]
    [InlineData("version: [1]", "1:10 `version` is a list; expected text")]
    [InlineData("version:", "1:9 `version` is nothing; expected a value | an empty text is written `\"\"`")]
    public void The_version_is_1(string text, string message) =>
        Reading.Messages(text).Should().Equal(message);

    [Fact]
    public void Nothing_else_is_said_of_a_file_of_a_newer_version() =>
        Reading.Of("version: 7\nnew_key: [1]\nhooks: text").File.Should().BeNull();

    [Theory]
    [InlineData("hook: {}", "2:1 unknown key `hook` in `hookrunner.yml` | did you mean `hooks`?")]
    [InlineData("environment: {}", "2:1 unknown key `environment` in `hookrunner.yml` | did you mean `environments`?")]
    [InlineData("hooks: [a]", "2:8 `hooks` is a list; expected a mapping")]
    [InlineData("vars:\nport: 8080", "3:1 `port` stands beside `vars` and belongs under it | begin it in column 3")]
    [InlineData("vars:\n  port:8080", "3:3 `vars` is text; expected a mapping | a blank belongs after the colon: `port: 8080`")]
    [InlineData("application: \"${group}\"", "2:14 `${}` is never expanded in `application` | write the value itself; it is needed before there is a plan")]
    [InlineData("appspec: \"${group}.yml\"", "2:10 `${}` is never expanded in `appspec` | write the value itself; it is needed before there is a plan")]
    [InlineData("state: \"/x/${group}\"", "2:8 `${}` is never expanded in `state` | write the value itself; it is needed before there is a plan")]
    [InlineData("state: x", "2:8 `state` is `x`; expected an absolute path")]
    [InlineData("application: \"\"", "2:14 `application` is empty; expected a name")]
    [InlineData("lock_wait: 1:30", "2:12 `lock_wait` is `1:30`; expected a duration such as `500ms`, `30s`, `5m`, `1h30m`, or a number of seconds")]
    [InlineData("lock_wait: \"${group}\"", "2:12 `${group}` is never expanded here | write the value itself; it is needed before there is a plan")]
    [InlineData("reserve: soon", "2:10 `reserve` is `soon`; expected a duration such as `500ms`, `30s`, `5m`, `1h30m`, or a number of seconds")]
    [InlineData("shared_host: refused", "2:14 `shared_host` is `refused`; expected `refuse`, `warn`, `allow` | did you mean `refuse`?")]
    [InlineData("mask: { a: b }", "2:7 `mask` is a mapping; expected text or a list")]
    [InlineData("mask: [A, \"${x}\"]", "2:11 `${}` is never expanded in `mask` | write the value itself; it is needed before there is a plan")]
    [InlineData("path: bin", "2:7 `path` is `bin`; expected an absolute path | start it with `/` or with a variable such as `${release.dir}`")]
    [InlineData("env_file: { pth: x }", "2:13 unknown key `pth` in `env_file` | did you mean `path`?")]
    [InlineData("deploy: x", "2:9 `deploy` is text; expected a mapping")]
    public void Each_key_has_its_shape(string text, params string[] messages) =>
        Reading.Messages($"version: 1\n{text}").Should().Equal(messages);

    [Theory]
    [InlineData("release: {}", "2:10 `release` needs `link`: the link that names the live release")]
    [InlineData("release: { link: app }", "2:18 `link` is `app`; expected an absolute path | start it with `/` or with a variable such as `${release.dir}`")]
    [InlineData("release: { link: /a, stagging: /b }", "2:22 unknown key `stagging` in `release` | did you mean `staging`?")]
    [InlineData("release: { link: /a, keep: 0 }", "2:28 `keep` is `0`; expected a whole number from 1 to 1000")]
    [InlineData("release: { link: /a, mode: 888 }", "2:28 `mode` is `888`; expected 3 or 4 octal digits such as `0750`, or a symbolic mode such as `ug+rwX`")]
    [InlineData("release: { link: /a, adopt: yes }", "2:29 `adopt` is `yes`; expected `true` or `false` (not yes, no, on, off)")]
    [InlineData("release: { link: /a, owner: \"a:b:c\" }", "2:29 `a:b:c` is no owner; expected `user` or `user:group`")]
    [InlineData("release: { link: /a, staging: /b, source: c }", "2:35 `release` has `staging` and `source`; expected one of them")]
    [InlineData("release: { link: \"${nope}\" }", "2:18 `${nope}` is not defined | declare it under `vars`; a dollar sign itself is written `$$`")]
    public void A_release_block_has_its_keys(string text, string message) =>
        Reading.Messages($"version: 1\n{text}").Should().Equal(message);

    [Fact]
    public void What_is_written_comes_through()
    {
        var file = Reading.File(
            """
            version: 1
            application: app
            appspec: deploy/appspec.yml
            state: /srv/state
            mask: [TOKEN, "*_KEY"]
            lock_wait: 90s
            reserve: 1m
            shared_host: refuse
            x-common: &common { A: b }
            env: *common
            env_file: [a.env, { path: b.env, optional: true }]
            inherit_env: [HTTP_*]
            path: /opt/bin
            defaults: { user: deploy }
            always: []
            """);

        file.Should().BeEquivalentTo(new
        {
            Application = "app",
            AppSpec = "deploy/appspec.yml",
            State = "/srv/state",
            LockWait = TimeSpan.FromSeconds(90),
            Reserve = TimeSpan.FromMinutes(1),
            SharedHost = SharedHost.Refuse,
            OnFailure = (StepList?)null,
        });
        file.Mask.Should().Equal("TOKEN", "*_KEY");
        file.Always!.Steps.Should().BeEmpty();
        file.Common.Environment.Select(item => $"{item.Name}={item.Value}").Should().Equal("A=b");
        file.Common.EnvironmentFiles.Should().HaveCount(2);
        file.Common.Inherited.Names.Should().Equal("HTTP_*");
    }
}
