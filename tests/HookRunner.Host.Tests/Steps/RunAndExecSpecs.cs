using HookRunner.Core.Steps;

namespace HookRunner.Host.Tests.Steps;

public class RunAndExecSpecs
{
    [Fact]
    public void A_run_text_stops_at_its_first_failure()
    {
        using var folder = new TempFolder();
        var run = new TestStepRun(folder.Path);

        var outcome = Some.Step("run: |\n  false | cat\n  touch reached\n").Run(run);

        outcome.Should().BeOfType<StepOutcome.Failed>().Which.Exit.Should().Be(1);
        File.Exists(folder.At("reached")).Should().BeFalse();
    }

    [Fact]
    public void Exec_hands_over_each_word_as_it_is()
    {
        using var folder = new TempFolder();

        var outcome = Some.Step("exec: [touch, 'a b; $(id)']").Run(new TestStepRun(folder.Path));

        outcome.Should().Be(StepOutcome.Succeeded.Plain);
        File.Exists(folder.At("a b; $(id)")).Should().BeTrue();
    }

    [Theory]
    [InlineData("run: bundle install", "bundle install", "start bundle install")]
    [InlineData("run: |\n  cd x\n  make\n", "cd x ...", "run cd x \u23ce make")]
    public void A_run_step_shows_what_it_does(string text, string subject, string words)
    {
        var action = Some.Step(text);

        action.Subject.Should().Be(subject);
        action.Describe().Should().Be(words);
    }

    [Fact]
    public void An_exec_step_shows_its_words_apart() =>
        Some.Step("exec: [echo, a b, '', it's]").Describe().Should().Be("start echo 'a b' '' 'it'\\''s'");

    [Theory]
    [InlineData("run: '  '", "1:6 `run` is empty; expected a command")]
    [InlineData("run:", "1:5 `run` is nothing; expected a value (an empty text is written `\"\"`)")]
    [InlineData("run: [a, b]", "1:6 `run` is a list; expected text (a program and its arguments are `exec: [...]`)")]
    [InlineData("run: { text: x }", "1:6 `run` is a mapping; expected text")]
    [InlineData("exec: bin/rails db", "1:7 `exec` is text; expected a list (write `[program, argument]`, or use `run:` for a text)")]
    [InlineData("exec: []", "1:7 `exec` is empty; expected a list of the program and its arguments")]
    [InlineData("exec: ['', x]", "1:8 the program's name is empty")]
    public void What_cannot_be_started_is_refused(string step, string mistake) =>
        Some.Mistakes(step).Should().Equal(mistake);

    [Fact]
    public void A_text_longer_than_one_argument_may_be_is_refused() =>
        Some.Mistakes($"run: {new string('x', 128 * 1024)}").Should().Equal(
            "1:6 `run` has 131072 bytes; the kernel takes at most 131071 (put it in a file of the bundle and use `script:`)");
}
