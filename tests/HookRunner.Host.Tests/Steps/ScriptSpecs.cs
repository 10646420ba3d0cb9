using HookRunner.Core.Steps;

namespace HookRunner.Host.Tests.Steps;

public class ScriptSpecs
{
    private const UnixFileMode Executable = UnixFileMode.UserRead | UnixFileMode.UserExecute;

    [Fact]
    public void A_script_without_x_bit_runs_through_its_interpreter_and_says_so()
    {
        using var folder = new TempFolder();
        folder.Write("scripts/hook.sh", "#!/bin/bash\necho \"$1\" > out\n");
        var run = new TestStepRun(folder.Path);

        var outcome = Some.Step("script: { path: scripts/hook.sh, args: [a b] }").Run(run);

        outcome.Should().Be(StepOutcome.Succeeded.Plain);
        File.ReadAllText(folder.At("out")).Should().Be("a b\n");
        run.Said.Should().ContainSingle().Which.Should().EndWith("has no x bit; its interpreter is started with it all the same");
    }

    [Theory]
    [InlineData("#!/bin/bash\nfalse\ntouch on\n", "errexit", false)]
    [InlineData("#!/bin/sh\nfalse\ntouch on\n", "errexit", false)]
    [InlineData("#!/usr/bin/env bash\nfalse\ntouch on\n", "errexit", false)]
    [InlineData("#!/usr/bin/env -S bash -x\nfalse\ntouch on\n", "errexit", false)]
    [InlineData("#!/bin/bash\nfalse | true\ntouch on\n", "errexit", true)]
    [InlineData("#!/bin/bash\nfalse | true\ntouch on\n", "full", false)]
    [InlineData("#!/bin/sh\necho $UNSET_VALUE\ntouch on\n", "full", false)]
    [InlineData("#!/bin/bash\nfalse\ntouch on\n", "off", true)]
    [InlineData("#!/usr/bin/env -S FOO=1 python3 -u\nimport os\nopen('on', 'w')\n", "full", true)]
    [InlineData("#!/usr/bin/perl -w\nopen(F, '>', 'on');\n", "errexit", true)]
    [InlineData("false\ntouch on\n", "errexit", false)]
    [InlineData("false\ntouch on\n", "off", true)]
    public void Strictness_is_added_to_shells_alone(string content, string strict, bool goesOn)
    {
        using var folder = new TempFolder();
        folder.Write("hook", content, Executable);

        Some.Step($"script: {{ path: hook, strict: {strict} }}").Run(new TestStepRun(folder.Path));

        File.Exists(folder.At("on")).Should().Be(goesOn);
    }

    [Fact]
    public void A_binary_is_started_itself()
    {
        using var folder = new TempFolder();
        File.Copy("/bin/true", folder.At("tool"));

        var outcome = Some.Step("script: tool").Run(new TestStepRun(folder.Path));

        outcome.Should().Be(StepOutcome.Succeeded.Plain);
    }

    [Theory]
    [InlineData("#!/bin/bash\r\necho\r\n", "`{0}` has Windows line ends (CRLF), which a shell takes as part of its words")]
    [InlineData("echo\r\n", "`{0}` has Windows line ends (CRLF), which a shell takes as part of its words")]
    [InlineData("\ufeff#!/bin/bash\n", "`{0}` begins with a byte order mark, which hides its `#!` line")]
    [InlineData("!/bin/bash\n", "`{0}` begins with `!/bin/bash`")]
    [InlineData("#!\n", "`{0}` has a `#!` line that names no interpreter")]
    [InlineData("\u007fELF", "`{0}` is a binary without the x bit")]
    [InlineData("#!/opt/nowhere/python3\n", "`hook` names the interpreter `/opt/nowhere/python3`, which is not there")]
    public void A_script_that_cannot_run_says_why_and_what_to_do(string content, string reason)
    {
        using var folder = new TempFolder();
        var path = folder.Write("hook", content);

        var outcome = Some.Step("script: hook").Run(new TestStepRun(folder.Path));

        var failed = outcome.Should().BeOfType<StepOutcome.Failed>().Subject;
        failed.Reason.Should().Be(reason.Replace("{0}", path, StringComparison.Ordinal));
        failed.Hint.Should().NotBeEmpty();
    }

    [Fact]
    public void Windows_line_ends_do_not_stop_a_language_that_takes_them()
    {
        using var folder = new TempFolder();
        folder.Write("hook.py", "#!/usr/bin/env python3\r\nopen('on', 'w')\r\n", Executable);
        var run = new TestStepRun(folder.Path);

        Some.Step("script: hook.py").Run(run).Should().Be(StepOutcome.Succeeded.Plain);

        run.Said.Should().ContainSingle().Which.Should().EndWith("has Windows line ends (CRLF)");
    }

    [Fact]
    public void A_missing_script_and_a_directory_are_named()
    {
        using var folder = new TempFolder();

        var missing = Some.Step("script: none.sh").Run(new TestStepRun(folder.Path));
        var directory = Some.Step("script: .").Run(new TestStepRun(folder.Path));

        missing.Should().BeOfType<StepOutcome.Failed>().Which.Reason.Should().Be($"`{folder.At("none.sh")}` is not there");
        directory.Should().BeOfType<StepOutcome.Failed>().Which.Reason.Should().Be($"`{folder.At(".")}` is a directory; expected a script");
    }

    [Fact]
    public void A_script_step_shows_what_it_does()
    {
        Some.Step("script: deploy/hook.sh").Describe().Should().Be("run deploy/hook.sh");
        Some.Step("script: { path: h.sh, args: [a b], strict: off }").Describe().Should().Be("run h.sh 'a b' without errexit");
    }

    [Fact]
    public void A_misspelt_strictness_names_the_nearest() =>
        Some.Mistakes("script: { path: a.sh, strict: errexti }").Should().Equal(
            "1:31 `strict` is `errexti`; expected `errexit`, `full`, `off` (did you mean `errexit`?)");
}
