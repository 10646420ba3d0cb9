namespace HookRunner.Core.Tests.Language;

public class ShellTextSpecs
{
    [Theory]
    [InlineData("run: echo ${port}", "4:12 `${port}` is not expanded in text for a shell | write `\"$HOOKRUNNER_VAR_PORT\"`")]
    [InlineData("run: echo ${environment}", "4:12 `${environment}` is not expanded in text for a shell | write `\"$HOOKRUNNER_ENVIRONMENT\"`")]
    [InlineData("run: cd ${release.dir}", "4:12 `${release.dir}` is not expanded in text for a shell | write `\"$HOOKRUNNER_RELEASE_DIR\"`")]
    [InlineData("run: echo ${deployment}", "4:12 `${deployment}` is not expanded in text for a shell | write `\"$DEPLOYMENT_ID\"`")]
    [InlineData("run: echo ${env.HOME}", "4:12 `${env.HOME}` is not expanded in text for a shell | write `\"$HOME\"`")]
    [InlineData("run: echo ${instance.id}", "4:12 `${instance.id}` is not expanded in text for a shell | put it into `env:` of this step, for example `VALUE: \"${instance.id}\"`, and write `\"$VALUE\"`")]
    [InlineData("run: x\nwhen: { run: \"test ${port}\" }", "5:20 `${port}` is not expanded in text for a shell | write `\"$HOOKRUNNER_VAR_PORT\"`")]
    [InlineData("wait_for: { command: \"test ${port}\" }", "4:28 `${port}` is not expanded in text for a shell | write `\"$HOOKRUNNER_VAR_PORT\"`")]
    [InlineData("exec: [bash, -c, \"echo ${port}\"]", "4:24 `${port}` inside a shell's text: its value would be read as code | put the text under `run:`, or hand the value over as an argument: `[bash, -c, '... \"$1\"', bash, \"${port}\"]`")]
    [InlineData("exec: [/bin/sh, -e, -uc, \"echo ${env.X}\"]", "4:32 `${env.X}` inside a shell's text: its value would be read as code | put the text under `run:`, or hand the value over as an argument: `[/bin/sh, -uc, '... \"$1\"', /bin/sh, \"${env.X}\"]`")]
    [InlineData("service: { restart: x, validate: [sh, -c, \"echo ${port}\"] }", "4:49 `${port}` inside a shell's text: its value would be read as code | put the text under `run:`, or hand the value over as an argument: `[sh, -c, '... \"$1\"', sh, \"${port}\"]`")]
    public void No_value_becomes_text_of_a_shell(string step, string message) =>
        Said(step).Should().Equal(message);

    [Theory]
    [InlineData("run: echo \"$HOOKRUNNER_VAR_PORT\" ${HOME} ${other}")]
    [InlineData("run: echo ${port:-80} ${#port} ${port%x}")]
    [InlineData("run: |\n  port=$(cat port)\n  echo ${port}")]
    [InlineData("run: |\n  for port in 1 2; do echo ${port}; done")]
    [InlineData("run: |\n  read -r port < file\n  echo ${port}")]
    [InlineData("run: echo ${port}\nenv: { port: \"${port}\" }")]
    [InlineData("run: echo ${stage}")]
    [InlineData("exec: [bash, -c, 'echo \"$1\"', bash, \"${port}\"]")]
    [InlineData("exec: [bash, deploy.sh, \"${port}\"]")]
    [InlineData("exec: [echo, -c, \"${port}\"]")]
    public void What_the_shell_itself_knows_is_its_own(string step) =>
        Said(step).Should().BeEmpty();

    private static string[] Said(string step) => Reading.Messages(
        $"version: 1\nhooks:\n  AfterInstall:\n    - {step.Replace("\n", "\n      ", StringComparison.Ordinal)}\nvars: {{ port: 80, stage: x }}\nenv: {{ stage: x }}\n");
}
