using HookRunner.Core.Diagnostics;
using HookRunner.Core.Steps;
using HookRunner.Core.Values;

namespace HookRunner.Core.Tests.Steps;

public class RetryBlockSpecs
{
    [Theory]
    [InlineData("3", "3 1s constant - False ")]
    [InlineData("{ attempts: 5 }", "5 1s constant - False ")]
    [InlineData("{ attempts: 5, delay: 250ms, backoff: exponential, max_delay: 1m, jitter: true, on_exit: [1, 75] }", "5 250ms exponential 1m True 1,75")]
    [InlineData("{ attempts: 2, on_exit: 9 }", "2 1s constant - False 9")]
    [InlineData("1", null)]
    [InlineData("{ attempts: \"${n}\" }", null)]
    public void Attempts_and_what_lies_between_them_are_read(string yaml, string? expected)
    {
        var diagnostics = new DiagnosticBag();

        var policy = RetryBlock.Read(Reads.Node(yaml), UnknownScope.Value, diagnostics);

        Reads.Said(diagnostics).Should().BeEmpty();
        Shown(policy).Should().Be(expected);
    }

    [Theory]
    [InlineData("0", "`retry` is `0`; expected a whole number from 1 to 1000")]
    [InlineData("many", "`retry` is `many`; expected a whole number from 1 to 1000")]
    [InlineData("{ delay: 1s }", "`retry` needs `attempts`: attempts in all, the first counted")]
    [InlineData("{ attempts: 3, dealy: 1s }", "unknown key `dealy` in `retry`")]
    [InlineData("{ attempts: 3, backoff: linear }", "`backoff` is `linear`; expected `constant`, `exponential`")]
    [InlineData("{ attempts: 3, on_exit: [0] }", "`on_exit` holds `0`; expected an exit status from 1 to 255")]
    [InlineData("{ attempts: 3, on_exit: [256, x] }", "`on_exit` holds `256`; expected an exit status from 1 to 255")]
    public void What_makes_no_sense_is_refused(string yaml, string said)
    {
        var diagnostics = new DiagnosticBag();

        RetryBlock.Read(Reads.Node(yaml), UnknownScope.Value, diagnostics);

        Reads.Said(diagnostics).First().Should().Be(said);
    }

    private static string? Shown(RetryPolicy? policy) => policy is null ? null
        : $"{policy.Attempts} {Duration.Format(policy.Delay)} {(policy.Exponential ? "exponential" : "constant")} "
            + $"{(policy.MaxDelay is { } most ? Duration.Format(most) : "-")} {policy.Jitter} {string.Join(',', policy.OnExit)}";
}
