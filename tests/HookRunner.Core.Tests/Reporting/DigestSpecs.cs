using System.Collections.Immutable;
using System.Text;
using CsCheck;
using HookRunner.Core.Reporting;
using HookRunner.Core.Steps;

namespace HookRunner.Core.Tests.Reporting;

public class DigestSpecs
{
    [Fact]
    public void A_failure_says_where_why_how_long_with_its_last_output_and_the_way_to_the_rest()
    {
        var report = Some.Report(Some.Step(new StepOutcome.Failed("exit status 5", "run it again", 5)) with
        {
            Took = TimeSpan.FromSeconds(12.34),
            Attempts = 3,
            Tail = ["Fetching gems", "Could not reach the mirror"],
            LogPath = "/var/log/hookrunner/shop/d-1/AfterInstall/03-Install_gems.log",
        });

        Digest.Lines(report).Should().Equal(
            "AfterInstall failed at step 3 of 7: Install gems",
            "  exit status 5, after 12.3 s, 3 attempts",
            "  environment production, group Production-APP, deployment d-1",
            "  | Fetching gems",
            "  | Could not reach the mirror",
            "  hint: run it again",
            "  whole output: /var/log/hookrunner/shop/d-1/AfterInstall/03-Install_gems.log");
    }

    [Fact]
    public void It_says_what_was_undone()
    {
        var report = Some.Report(
            Some.Step(new StepOutcome.Failed("exit status 1")),
            Some.Step(StepOutcome.Succeeded.Plain) with { List = StepListKind.OnFailure, Number = 1, Name = "release rollback" },
            Some.Step(new StepOutcome.Failed("unit x failed")) with { List = StepListKind.OnFailure, Number = 2, Name = "service restart x" });

        Digest.Lines(report).Should().Contain(
            "  on_failure: release rollback ok; service restart x failed (unit x failed)");
    }

    [Fact]
    public void A_failure_of_the_previous_revisions_steps_names_it_and_the_way_past()
    {
        var report = Some.Report(Some.Step(new StepOutcome.Failed("exit status 1")));
        report = report with { Identity = report.Identity with { IsPreviousRevision = true } };

        var lines = Digest.Lines(report);

        lines.Should().Contain("  these steps come from the previous revision: /opt/bundle");
        lines.Should().Contain(line => line.Contains("--ignore-application-stop-failures", StringComparison.Ordinal));
    }

    [Fact]
    public void An_allowed_failure_is_no_failure_of_the_event()
    {
        var report = Some.Report(Some.Step(new StepOutcome.Failed("exit status 1")) with { MayFail = true });

        report.Failure.Should().BeNull();
        report.ExitStatus.Should().Be(0);
    }

    [Fact]
    public void The_last_lines_are_kept_where_not_all_fit()
    {
        var tail = Enumerable.Range(1, 500).Select(i => $"line {i}").ToImmutableArray();
        var report = Some.Report(Some.Step(new StepOutcome.Failed("exit status 1")) with { Tail = tail });

        var shown = Digest.Lines(report).Where(line => line.StartsWith("  | ", StringComparison.Ordinal)).ToList();

        shown.Should().HaveCountGreaterThan(20).And.EndWith("  | line 500");
    }

    [Fact]
    public void Whatever_fails_the_digest_fits_both_agents_windows() =>
        Gen.Select(Gen.String[0, 400], Gen.String[0, 300], Gen.String[0, 600].Array[0, 60], Gen.Bool, Gen.Int[0, 9])
            .Sample((name, reason, tail, isPrevious, undone) =>
            {
                var steps = Enumerable.Range(1, undone).Select(i =>
                    Some.Step(new StepOutcome.Failed(reason)) with { List = StepListKind.OnFailure, Number = i, Name = name });
                var report = Some.Report([
                    Some.Step(new StepOutcome.Failed(reason, name)) with { Name = name, Tail = [.. tail], LogPath = "/" + name },
                    .. steps]);
                var lines = Digest.Lines(report with
                {
                    Identity = report.Identity with { IsPreviousRevision = isPrevious, Bundle = name, Group = reason },
                    ListsNotRun = [name],
                });

                lines.Sum(line => Encoding.UTF8.GetByteCount(line) + 1 + 28).Should().BeLessThanOrEqualTo(2000);
                lines.Should().OnlyContain(line => Encoding.UTF8.GetByteCount(line) <= 160);
                lines.Should().NotContain(line => line.Any(char.IsControl));
            });

    [Theory]
    [InlineData(15, 143)]
    [InlineData(2, 130)]
    public void A_stopped_event_exits_as_a_shell_would_say_it(int signal, int status)
    {
        var report = Some.Report(Some.Step(new StepOutcome.Stopped(signal)));

        report.ExitStatus.Should().Be(status);
        Digest.Lines(report)[1].Should().StartWith("  told to stop by SIG");
    }

    [Fact]
    public void A_timeout_exits_4() =>
        Some.Report(Some.Step(new StepOutcome.TimedOut(TimeSpan.FromSeconds(3), "timeout: 3s"))).ExitStatus.Should().Be(4);

    [Fact]
    public void A_failing_always_step_fails_an_event_that_else_succeeded()
    {
        var report = Some.Report(
            Some.Step(StepOutcome.Succeeded.Plain),
            Some.Step(new StepOutcome.Failed("exit status 2")) with { List = StepListKind.Always, Number = 1, Name = "logger" });

        report.ExitStatus.Should().Be(1);
        Digest.Lines(report)[0].Should().Be("AfterInstall failed in always: logger");
    }

    [Fact]
    public void Text_that_is_fitted_keeps_its_beginning_and_says_that_it_was_cut()
    {
        var lines = Digest.Fit(Enumerable.Range(1, 100).Select(i => $"mistake {i}"), "... run `hookrunner check` to see all");

        lines.Should().StartWith("mistake 1").And.EndWith("... run `hookrunner check` to see all");
        lines.Sum(Digest.Cost).Should().BeLessThanOrEqualTo(2000);
    }

    private static class Some
    {
        public static StepReport Step(StepOutcome outcome) => new()
        {
            List = StepListKind.Steps,
            Number = 3,
            Name = "Install gems",
            Outcome = outcome,
            Attempts = 1,
        };

        public static EventReport Report(params IEnumerable<StepReport> steps) => new()
        {
            Identity = new EventIdentity
            {
                Event = "AfterInstall",
                Application = "shop",
                Group = "Production-APP",
                Deployment = "d-1",
                Environment = "production",
                Bundle = "/opt/bundle",
            },
            Steps = [.. steps],
            StepCount = 7,
            Took = TimeSpan.FromSeconds(15),
        };
    }
}
