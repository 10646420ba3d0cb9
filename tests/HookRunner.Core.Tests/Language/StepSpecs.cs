using HookRunner.Core.Yaml;

namespace HookRunner.Core.Tests.Language;

public class StepSpecs
{
    private const string Kinds = "run, exec, script, link, http, wait_for, service, directory, file, remove, container, release, use, steps";

    [Theory]
    [InlineData("run: x\nexec: [y]", "5:7 `run` and `exec` in one step; expected one kind | make two steps of it: put `- ` before `exec`")]
    [InlineData("use: a\nsteps: []", "5:7 `use` and `steps` in one step; expected one kind | make two steps of it: put `- ` before `steps`")]
    [InlineData("name: x", "4:7 this step has no kind: nothing says what it does | add one of " + Kinds)]
    [InlineData("rum: x", "4:7 `rum` is no kind of step | did you mean `run`?")]
    [InlineData("name: x\nshell_command: y", "5:7 `shell_command` is no kind of step | known: " + Kinds)]
    [InlineData("\"${kind}\": y", "4:7 `${kind}` is no kind of step | `${}` is never expanded in a key")]
    [InlineData("copy: { from: a, to: b }", "4:7 the kind `copy` is not in this version of hookrunner | kinds: " + Kinds)]
    [InlineData("background: x", "4:7 the kind `background` is not in this version of hookrunner | kinds: " + Kinds)]
    [InlineData("deploy now", "4:7 a step is text; expected a mapping such as `run: TEXT` | put `run: ` before it to run it as a command")]
    [InlineData("scripts/start.sh", "4:7 a step is text; expected a mapping such as `run: TEXT` | put `script: ` before it to run that script of the bundle")]
    [InlineData("shell: ls -l", "4:7 this step has no kind: nothing says what it does | `shell` says which shell reads the text, which itself stands under `run:`")]
    [InlineData("run", "4:7 `run` alone says nothing | write `run: ...`")]
    [InlineData("", "4:6 a step is nothing; expected a mapping such as `run: TEXT`")]
    [InlineData("[run, x]", "4:7 a step is a list; expected a mapping such as `run: TEXT`")]
    [InlineData("run: x\nretyr: 3", "5:7 unknown key `retyr` in this step | did you mean `retry`?")]
    [InlineData("http: { url: x }\nwithin: 5s", "5:7 `within` stands beside `http` and belongs under it | write it inside: `http: { within: ... }`")]
    [InlineData("script: { path: x, cwd: /a }", "4:26 unknown key `cwd` in `script` | it stands beside `script`, not under it")]
    [InlineData("service: { restart: x, allow_failure: true }", "4:30 unknown key `allow_failure` in `service` | it stands beside `service`, not under it")]
    [InlineData("http: { ulr: x }", "4:15 unknown key `ulr` in `http` | did you mean `url`?")]
    [InlineData("run:", "4:11 `run` is nothing; expected a value | an empty text is written `\"\"`")]
    [InlineData("run: [a, b]", "4:12 `run` is a list; expected text")]
    [InlineData("run: { a: b }", "4:12 `run` is a mapping; expected text")]
    [InlineData("exec: a b", "4:13 `exec` is text; expected a list")]
    [InlineData("wait_for: x", "4:17 `wait_for` is text; expected a mapping | keys: tcp, file, command, within")]
    [InlineData("service: restart", "4:16 `service` is text; expected a mapping | keys: start, stop, restart, validate")]
    [InlineData("release: stge", "4:16 `release` is `stge`; expected `stage`, `activate`, `rollback` | did you mean `stage`?")]
    public void A_step_is_one_kind_and_what_goes_with_it(string step, params string[] messages) =>
        Reading.Step(step).Should().Equal(messages);

    [Theory]
    [InlineData("link: { path: /a, to: /b }\nuser: x", "5:7 `user` does not go with `link`, which starts no program of yours")]
    [InlineData("directory: { path: /a }\nuser: x", "5:7 `user` does not go with `directory`, which starts no program of yours | whom it belongs to is `owner:`")]
    [InlineData("file: { path: /a }\nsource: b", "5:7 `source` stands beside `file` and belongs under it | write it inside: `file: { source: ... }`")]
    [InlineData("service: { stop: x }\nenv: { A: b }\ncwd: /x", "5:7 `env` does not go with `service`, which starts no program of yours", "6:7 `cwd` does not go with `service`, which starts no program of yours")]
    [InlineData("http: x\ntimeout: 5s", "5:7 `http` takes no `timeout` | it bounds itself: write `within` under it")]
    [InlineData("container: { name: x }\nenv: { A: b }\nuser: y", "5:7 `env` stands beside `container` and belongs under it | write it inside: `container: { env: ... }`", "6:7 `user` stands beside `container` and belongs under it | write it inside: `container: { user: ... }`")]
    [InlineData("container: { name: x }\ncwd: /x", "5:7 `cwd` does not go with `container`, which starts no program of yours")]
    [InlineData("script: x\ncapture: A", "5:7 `capture` does not go with `script` | it is for `run` and `exec`")]
    [InlineData("use: a\nretry: 3", "5:7 `retry` does not hold for a list of steps | write it at the steps that may be tried again")]
    [InlineData("steps: [{ run: x }]\ncapture: A", "5:7 `capture` does not go with `steps` | it is for `run` and `exec`")]
    public void A_key_stands_only_where_it_means_something(string step, params string[] messages) =>
        Reading.Messages($"version: 1\nhooks:\n  AfterInstall:\n    - {step.Replace("\n", "\n      ", StringComparison.Ordinal)}\nsteps: {{ a: [] }}\n")
            .Should().Equal(messages);

    [Theory]
    [InlineData("service: { stop: x }\nwhen: { run: test -f /x }\nuser: deploy\nenv: { A: b }")]
    [InlineData("wait_for: { command: x }\nuser: deploy")]
    [InlineData("http: x\nretry: 3")]
    [InlineData("use: a\nuser: deploy\nenv: { A: b }\nwhen: { exists: /x }\ntimeout: 5m\nallow_failure: true\nname: x")]
    [InlineData("steps: [{ run: x }, { steps: [{ use: a }] }]\nonly: { event: AfterInstall }")]
    [InlineData("exec: [a]\ncapture: A\nsecret: true")]
    public void And_it_does_stand_there(string step) =>
        Reading.Messages($"version: 1\nhooks:\n  AfterInstall:\n    - {step.Replace("\n", "\n      ", StringComparison.Ordinal)}\nsteps: {{ a: [] }}\n")
            .Should().BeEmpty();

    [Theory]
    [InlineData("name: [x]", "5:13 `name` is a list; expected text")]
    [InlineData("timeout: 5 m", "5:16 `timeout` is `5 m`; expected a duration such as `500ms`, `30s`, `5m`, `1h30m`, or a number of seconds")]
    [InlineData("timeout: 0", "5:16 `timeout` is 0; expected a duration above 0 | leave it out: only the event's end bounds the step then")]
    [InlineData("allow_failure: yes", "5:22 `allow_failure` is `yes`; expected `true` or `false` (not yes, no, on, off)")]
    [InlineData("retry: three", "5:14 `retry` is `three`; expected a whole number from 1 to 1000")]
    [InlineData("retry: { attempts: 3, backof: linear }", "5:29 unknown key `backof` in `retry` | did you mean `backoff`?")]
    [InlineData("when: {}", "5:13 `when` is empty; expected a condition | for example `{ exists: /etc/myapp.conf }`")]
    [InlineData("when: { exist: /x }", "5:15 unknown key `exist` in `when` | did you mean `exists`?")]
    [InlineData("unless: { exists: }", "5:25 `exists` is nothing; expected a value | an empty text is written `\"\"`")]
    [InlineData("env: [A=b]", "5:12 `env` is a list; expected a mapping | for example `{ NODE_ENV: production }`")]
    [InlineData("env: { A-B: c }", "5:14 `A-B` is no name of an environment variable | letters, digits and `_`, not beginning with a digit")]
    [InlineData("env: { HOOKRUNNER_X: c }", "5:14 `HOOKRUNNER_X` is set by hookrunner itself | choose another name")]
    [InlineData("env: { A: [c] }", "5:17 `env.A` is a list; expected text")]
    [InlineData("env: { A: \"${nope}\" }", "5:17 `${nope}` is not defined | declare it under `vars`; a dollar sign itself is written `$$`")]
    [InlineData("env: { A: \"${DEPLOYMENT_ID}\" }", "5:17 `${DEPLOYMENT_ID}` is not defined | here it is `${deployment}`")]
    [InlineData("env: { A: \"${deployment_group_name}\" }", "5:17 `${deployment_group_name}` is not defined | here it is `${group}`")]
    [InlineData("env: { A: \"${PATH}\" }", "5:17 `${PATH}` is not defined | declare it under `vars`; a variable of the environment is `${env.PATH}`, a dollar sign itself `$$`")]
    [InlineData("env: { A: \"${relaese.dir}\" }", "5:17 `${relaese.dir}` is not defined | did you mean `${release.dir}`?")]
    [InlineData("env_file: [{ pth: x }]", "5:20 unknown key `pth` in `env_file` | did you mean `path`?")]
    [InlineData("cwd: app", "5:12 `cwd` is `app`; expected an absolute path | start it with `/` or with a variable such as `${release.dir}`")]
    [InlineData("path: [bin]", "5:14 `path` is `bin`; expected an absolute path | start it with `/` or with a variable such as `${release.dir}`")]
    [InlineData("umask: 999", "5:14 `umask` is `999`; expected 3 octal digits such as `027`")]
    [InlineData("limits: { nofiles: 5 }", "5:17 unknown key `nofiles` in `limits` | did you mean `nofile`?")]
    [InlineData("shell: zsh", "5:14 `shell` is `zsh`; expected `bash`, `sh` | did you mean `sh`?")]
    [InlineData("capture: A-B", "5:16 `capture` is `A-B`; expected the name of a variable | letters, digits and `_`, not beginning with a digit or with HOOKRUNNER")]
    [InlineData("secret: true", "5:7 `secret` masks what `capture` keeps, and there is no `capture`")]
    [InlineData("inherit_env: { A: b }", "5:20 `inherit_env` is a mapping; expected names of variables, globs allowed, or `true`")]
    public void Each_common_key_has_its_shape(string key, params string[] messages) =>
        Reading.Step($"run: x\n{key}").Should().Equal(messages);

    [Theory]
    [InlineData("name: x", "2:13 `name` in `defaults` would hold for every step | write it at the step")]
    [InlineData("only: { event: AfterInstall }", "2:13 `only` in `defaults` would hold for every step | write it at the step")]
    [InlineData("capture: A", "2:13 `capture` in `defaults` would hold for every step | write it at the step")]
    [InlineData("usr: x", "2:13 unknown key `usr` in `defaults` | did you mean `user`?")]
    [InlineData("run: x", "2:13 unknown key `run` in `defaults` | known: name, only, except, when, unless, timeout, retry, allow_failure, env, env_file, path, cwd, user, umask, limits, source, login, shell, capture, secret, inherit_env")]
    [InlineData("timeout: x", "2:22 `timeout` is `x`; expected a duration such as `500ms`, `30s`, `5m`, `1h30m`, or a number of seconds")]
    public void Defaults_are_common_keys_that_many_steps_can_share(string key, string message) =>
        Reading.Messages($"version: 1\ndefaults: {{ {key} }}").Should().Equal(message);

    [Fact]
    public void A_step_comes_through_as_written()
    {
        var file = Reading.File(
            """
            version: 1
            steps: { a: [{ run: x }] }
            hooks:
              AfterInstall:
                - name: n
                  exec: [a, b]
                - steps: [{ use: a }]
            """);

        var steps = file.Hooks[Core.Deployment.LifecycleEvent.AfterInstall].Steps.Steps;
        steps[0].Kind!.Name.Should().Be("exec");
        steps[0].Value.Should().BeOfType<YamlList>();
        steps[0].Body.Entries.Select(entry => entry.Key).Should().Equal("name", "exec");
        steps[1].Kind.Should().BeNull();
        steps[1].Inline!.Steps[0].Use.Should().Be("a");
    }
}
