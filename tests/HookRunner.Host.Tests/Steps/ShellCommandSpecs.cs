using HookRunner.Host.Steps;

namespace HookRunner.Host.Tests.Steps;

public class ShellCommandSpecs
{
    [Theory]
    [InlineData("bundle install --deployment --quiet")]
    [InlineData("  /usr/bin/make -j2 all \n")]
    [InlineData("bin/rails db:migrate")]
    [InlineData("systemctl restart app@web.service")]
    [InlineData("date +%s,%N")]
    [InlineData("dd if=/dev/zero of=/tmp/x")]
    public void One_line_of_plain_words_starts_without_a_shell(string text) =>
        ShellCommand.StartsDirectly(text).Should().BeTrue();

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("cd /opt/app")]
    [InlineData("echo hello")]
    [InlineData("FOO=bar make")]
    [InlineData("a=b")]
    [InlineData("make\nmake install")]
    [InlineData("ls *.jar")]
    [InlineData("ls ~/x")]
    [InlineData("echo $HOME")]
    [InlineData("a && b")]
    [InlineData("make # all")]
    [InlineData("say 'hello'")]
    [InlineData(". /etc/profile")]
    [InlineData("exit 3")]
    [InlineData("%1")]
    [InlineData("time make")]
    [InlineData("grün machen")]
    public void Whatever_a_shell_could_read_differently_goes_to_the_shell(string text) =>
        ShellCommand.StartsDirectly(text).Should().BeFalse();

    [Fact]
    public void A_shell_text_is_strict()
    {
        ShellCommand.ForText("a && b", ShellSettings.Bash).Should().Equal("bash", "-euo", "pipefail", "-c", "a && b");
        ShellCommand.ForText("a && b", new ShellSettings("sh", false, [])).Should().Equal("sh", "-eu", "-c", "a && b");
    }

    [Fact]
    public void Direct_words_are_split_at_blanks() =>
        ShellCommand.ForText(" make\t-j2  all\n", ShellSettings.Bash).Should().Equal("make", "-j2", "all");

    [Fact]
    public void A_plain_command_goes_to_the_shell_where_a_file_is_read_first() =>
        ShellCommand.ForText("node app.js", new ShellSettings("bash", true, []))
            .Should().Equal("bash", "-l", "-c", "set -euo pipefail; node app.js", "bash");

    [Theory]
    [InlineData("bash")]
    [InlineData("sh")]
    public void A_sourced_file_sets_the_environment_of_text_and_program(string shell)
    {
        using var folder = new TempFolder();
        var file = folder.Write("with 'quote' and $x.sh", "export GREETING=hello; [ -e /nowhere ] && true\n");
        var settings = new ShellSettings(shell, false, [file]);
        var run = new TestStepRun(folder.Path) { Shell = settings };

        var text = run.RunProgram(Some.Command("echo \"$GREETING $#\""), captures: true);
        var program = run.RunProgram(["printenv", "GREETING"], captures: true);

        text.Captured.Should().Be("hello 0");
        program.Captured.Should().Be("hello");
    }

    [Fact]
    public void A_missing_sourced_file_stops_the_command()
    {
        using var folder = new TempFolder();
        var run = new TestStepRun(folder.Path) { Shell = new ShellSettings("bash", false, ["/nowhere/nvm.sh"]) };

        var report = run.RunProgram(Some.Command("echo on"));

        report.Tail.Should().Equal("source: cannot read /nowhere/nvm.sh");
    }

    [Fact]
    public void No_argument_is_read_as_shell()
    {
        using var folder = new TempFolder();
        var file = folder.Write("env.sh", "");
        var run = new TestStepRun(folder.Path) { Shell = new ShellSettings("bash", false, [file]) };

        var report = run.RunProgram(["printf", "%s|", "$(id)", "a b", "; rm x", ""], captures: true);

        report.Captured.Should().Be("$(id)|a b|; rm x||");
    }
}
