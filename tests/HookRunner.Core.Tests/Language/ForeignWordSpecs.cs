namespace HookRunner.Core.Tests.Language;

/// <summary>Words that a person brings along from a shell or another tool lead to the language's own.</summary>
public class ForeignWordSpecs
{
    [Theory]
    [InlineData("mkdir: /x", "4:7 `mkdir` is no kind of step | did you mean `directory`?")]
    [InlineData("command: ls", "4:7 `command` is no kind of step | did you mean `run`?")]
    [InlineData("location: scripts/x.sh", "4:7 `location` is no kind of step | did you mean `script`?")]
    [InlineData("name: x\nsystemd: { restart: x }", "5:7 `systemd` is no kind of step | did you mean `service`?")]
    [InlineData("run: x\ndir: /a", "5:7 unknown key `dir` in this step | did you mean `cwd`?")]
    [InlineData("run: x\nif: y", "5:7 unknown key `if` in this step | did you mean `when`?")]
    [InlineData("run: x\nrunas: y", "5:7 unknown key `runas` in this step | did you mean `user`?")]
    [InlineData("run: x\nignore_errors: true", "5:7 unknown key `ignore_errors` in this step | did you mean `allow_failure`?")]
    [InlineData("run: x\nretry: { times: 3 }", "5:16 unknown key `times` in `retry` | did you mean `attempts`?")]
    [InlineData("directory: { path: /a, group: b }", "4:30 unknown key `group` in `directory` | did you mean `owner`?")]
    [InlineData("file: { dest: /a, text: b }", "4:15 unknown key `dest` in `file` | did you mean `path`?", "4:25 unknown key `text` in `file` | did you mean `content`?")]
    [InlineData("link: { src: /a, dest: /b }", "4:15 unknown key `src` in `link` | did you mean `to`?", "4:24 unknown key `dest` in `link` | did you mean `path`?")]
    [InlineData("link: { path: /a, target: /b }", "4:25 unknown key `target` in `link` | did you mean `to`?")]
    [InlineData("http: { uri: x, timeout: 5s }", "4:15 unknown key `uri` in `http` | did you mean `url`?", "4:23 unknown key `timeout` in `http` | did you mean `within`?")]
    public void The_word_for_it_is_named(string step, params string[] messages) => Reading.Step(step).Should().Equal(messages);

    [Theory]
    [InlineData("run: x\nsudo: true", "5:7 unknown key `sudo` in this step | under the agent hookrunner is root; whom a step runs as is `user: NAME`")]
    [InlineData("remove: { paths: /a/b, force: true }", "4:30 unknown key `force` in `remove` | it is always so: what is in a directory goes along, and what is missing is fine")]
    [InlineData("run: x\nwhen: { environment: y }", "5:15 unknown key `environment` in `when` | what is known before anything runs stands under `only:`, beside this")]
    public void What_stands_elsewhere_is_sent_there(string step, params string[] messages) => Reading.Step(step).Should().Equal(messages);

    [Theory]
    [InlineData("user: deploy", "2:1 unknown key `user` in `hookrunner.yml` | what holds for every step stands under `defaults:`")]
    [InlineData("files: []", "2:1 unknown key `files` in `hookrunner.yml` | this belongs into appspec.yml")]
    [InlineData("variables: {}", "2:1 unknown key `variables` in `hookrunner.yml` | did you mean `vars`?")]
    [InlineData("finally: []", "2:1 unknown key `finally` in `hookrunner.yml` | did you mean `always`?")]
    public void So_it_is_at_the_top_of_the_file(string line, string message) =>
        Reading.Messages($"version: 1\n{line}\n").Should().Equal(message);

    [Fact]
    public void A_word_that_is_near_a_known_one_is_that_one() =>
        Reading.Step("run: x\nenvs: {}").Should().Equal("5:7 unknown key `envs` in this step | did you mean `env`?");

    [Fact]
    public void A_word_that_nobody_knows_is_told_with_all_there_are() =>
        Reading.Step("link: { path: /a, to: /b, colour: c }").Should().Equal("4:33 unknown key `colour` in `link` | known: path, to, adopt");
}
