using HookRunner.Core.Checking;
using HookRunner.Core.Diagnostics;
using HookRunner.Core.Tests.Planning;

namespace HookRunner.Core.Tests.Checking;

/// <summary>A line of a script, put into a step as it was, does not always do there what it did.</summary>
public class CommandCheckSpecs
{
    private const string OfOurs = "a value of ours is `${name}`, a variable of the environment `${env.NAME}`, a dollar sign itself `$$`";

    [Theory]
    [InlineData("exec: [echo, $DEPLOYMENT_ID]", "4:20 `$DEPLOYMENT_ID` stays as it is here: no shell reads this list | " + OfOurs)]
    [InlineData("exec: [cp, $HOME/a, /b]", "4:18 `$HOME/a` stays as it is here: no shell reads this list | " + OfOurs)]
    [InlineData("exec: [cat, /etc/*.conf]", "4:19 `/etc/*.conf` stays as it is here: no shell makes file names of it | name the files, or put the whole command under `run:`")]
    [InlineData("exec: [a, \"|\", b]", "4:17 `|` is one more argument here: no shell reads this list | put the whole command under `run:`")]
    [InlineData("exec: [a, 2>&1]", "4:17 `2>&1` is one more argument here: no shell reads this list | put the whole command under `run:`")]
    [InlineData("exec: [npm ci]", "4:14 `npm ci` is one word: a program whose name holds blanks | write `[npm, ci]`")]
    [InlineData("run: x\nwhen: { run: [a, \"&&\", b] }", "5:24 `&&` is one more argument here: no shell reads this list | write the whole command as one text, which a shell reads")]
    [InlineData("service: { restart: x, validate: [a, \";\"] }", "4:44 `;` is one more argument here: no shell reads this list | write the whole command as one text, which a shell reads")]
    [InlineData("exec: [a, \"&\"]", "4:17 `&` is one more argument here: no shell reads this list | write `background: { command: ..., log: FILE }`, which looks after it until it has proved itself")]
    [InlineData("directory: { path: /home/$USER/a }", "4:26 `/home/$USER/a` stays as it is here: only a shell reads `$NAME` | " + OfOurs)]
    [InlineData("remove: [/a, /tmp/$DEPLOYMENT_ID]", "4:20 `/tmp/$DEPLOYMENT_ID` stays as it is here: only a shell reads `$NAME` | " + OfOurs)]
    [InlineData("run: x\ncwd: /a/$DEPLOYMENT_ID", "5:12 `/a/$DEPLOYMENT_ID` stays as it is here: only a shell reads `$NAME` | " + OfOurs)]
    public void What_only_a_shell_would_read_is_told(string step, string message) => Said(step).Should().Equal(message);

    [Theory]
    [InlineData("run: cd /var/www", "write `cwd: /var/www` at the steps that run there")]
    [InlineData("exec: [cd, /var/www]", "write `cwd: /var/www` at the steps that run there")]
    [InlineData("run: export A=b", "write it under `env:`, of the file or of the steps that need it")]
    [InlineData("run: source venv/bin/activate", "write `source:` at the steps that need it, or `env_file:` for a file of NAME=value lines")]
    [InlineData("run: . /etc/profile", "write `source:` at the steps that need it, or `env_file:` for a file of NAME=value lines")]
    [InlineData("run: umask 022", "write `umask:` at the steps that need it")]
    [InlineData("run: set -e", "put it into the text that needs it")]
    [InlineData("run: sudo su -", "under the agent hookrunner is root; whom a step runs as is `user: NAME`")]
    public void A_step_that_only_changes_its_own_shell_is_told(string step, string remedy) =>
        Said(step).Should().ContainSingle().Which.Should().EndWith($"changes nothing for other steps: each starts anew | {remedy}");

    [Theory]
    [InlineData("run: x\nenv: { PATH: \"/opt/bin:$PATH\" }", "5:20 `PATH` holds the text `$PATH`: no shell reads a value | write `path: [DIR]`, which puts directories before PATH")]
    [InlineData("run: x\nenv: { CACHE: $HOME/.cache }", "5:21 `CACHE` holds the text `$HOME`: no shell reads a value | write `${env.HOME}`, or `$$` for a dollar sign")]
    [InlineData("run: x\nenv: { A: \"a-$DEPLOYMENT_GROUP_NAME\" }", "5:17 `A` holds the text `$DEPLOYMENT_GROUP_NAME`: no shell reads a value | write `${group}`, or `$$` for a dollar sign")]
    [InlineData("run: x\nenv: { A: $LIFECYCLE_EVENT }", "5:17 `A` holds the text `$LIFECYCLE_EVENT`: no shell reads a value | write `${event}`, or `$$` for a dollar sign")]
    [InlineData("run: x\nenv: { A: $(hostname) }", "5:17 `A` is the text `$(hostname)`: no shell reads a value | a step with `capture:` gives later steps what a command prints")]
    public void A_value_that_was_written_for_a_shell_is_told(string step, string message) => Said(step).Should().Equal(message);

    [Fact]
    public void So_is_one_of_the_file_and_of_an_environment()
    {
        var diagnostics = new DiagnosticBag();
        ShellTextCheck.Check(Planned.File("version: 1\nenv: { PATH: \"$PATH:/a\" }\nvars: { c: \"$$HOME\" }\nenvironments: { a: { default: true, vars: { b: $(date) } } }\n"), diagnostics);

        diagnostics.Sorted().Select(item => item.Location.Line).Should().Equal(2, 4);
    }

    [Theory]
    [InlineData("run: npm start &")]
    [InlineData("run: |\n  cd /srv/app\n  nohup ./serve > /dev/null 2>&1 &\n  sleep 5")]
    public void A_program_that_is_started_and_left_alone_is_told(string step) =>
        Said(step).Should().ContainSingle().Which.Should().EndWith("`&` starts a program and looks away: nothing tells whether it came up"
            + " | write `background: { command: ..., log: FILE }`, which looks after it until it has proved itself");

    [Theory]
    [InlineData("run: |\n  a &\n  b &\n  wait")]
    [InlineData("run: |\n  a &&\n  b")]
    [InlineData("run: x\nenv: { A: \"pa$Sword\", B: \"$${HOME}\", C: \"$$HOME\", D: \"${env.HOME}\" }")]
    [InlineData("run: cd /x && npm ci")]
    [InlineData("run: |\n  cd /x\n  npm ci")]
    [InlineData("run: sudo systemctl restart x")]
    [InlineData("run: echo $HOME | cat /etc/*")]
    [InlineData("exec: [perl, -e, print $ENV]")]
    [InlineData("exec: [sh, -c, $HOME]")]
    [InlineData("exec: [awk, '{print $1}']")]
    [InlineData("exec: [jq, -r, '.a[$i]']")]
    [InlineData("exec: [find, /x, -name, '*.jar']")]
    [InlineData("exec: [\"/opt/my tool/x\", a]")]
    [InlineData("exec: [echo, \"$$HOME\"]")]
    [InlineData("file: { path: /a, content: \"proxy_set_header Host $HOST;\" }")]
    [InlineData("remove: /var/www/*")]
    public void What_means_the_same_as_before_is_not(string step) => Said(step).Should().BeEmpty();

    private static List<string> Said(string step)
    {
        var diagnostics = new DiagnosticBag();
        ShellTextCheck.Check(Planned.File($"version: 1\nhooks:\n  AfterInstall:\n    - {step.Replace("\n", "\n      ", StringComparison.Ordinal)}\n"), diagnostics);
        return [.. diagnostics.Sorted().Select(item => $"{item.Location.Line}:{item.Location.Column} {item.Message} | {item.Remedy}")];
    }
}
