using HookRunner.SystemTests.Support;

namespace HookRunner.SystemTests.Harness;

/// <summary>What becomes of a hook's output on its way to the service.</summary>
public class OutputSpecs
{
    private const string Headers = "LifecycleEvent - ApplicationStart\nScript - hookrunner\n";

    [Fact]
    public void A_failure_sends_the_log_with_headers_and_prefixes()
    {
        using var bundle = HookScript.Bundle("echo out; sleep 0.2; echo err >&2; sleep 0.2; printf tail; exit 9");

        var result = bundle.RunUnder(new Agent18());

        result.ErrorCode.Should().Be(AgentErrorCode.Failed);
        result.Message.Should().Be("Script at specified location: hookrunner failed with exit code 9");
        result.Log.Should().Be(Headers + "[stdout]out\n[stderr]err\n[stdout]tail");
    }

    [Theory]
    [InlineData("1.8", "Succeeded: ")]
    [InlineData("2", "Succeeded")]
    public void A_success_sends_no_log(string version, string message)
    {
        using var bundle = HookScript.Bundle("echo out");

        var result = bundle.RunUnder(StartSpecs.Agent(version));

        result.ErrorCode.Should().Be(AgentErrorCode.Succeeded);
        result.Message.Should().Be(message);
        result.Log.Should().BeEmpty();
        result.Window.Should().Contain("[stdout]out");
    }

    [Theory]
    [InlineData(2038, 2047)]
    [InlineData(2039, 0)]
    public void Under_1_8_the_window_is_below_2048_characters_and_a_longer_line_empties_it(int text, int kept)
    {
        using var bundle = HookScript.Bundle($"echo before; printf 'ä%.0s' {{1..{text}}}; echo; exit 1");

        var result = bundle.RunUnder(new Agent18());

        result.Log.Should().HaveLength(kept);
    }

    [Fact]
    public void Lines_after_one_that_emptied_the_window_are_kept()
    {
        using var bundle = HookScript.Bundle("printf 'x%.0s' {1..3000}; echo; echo reason; exit 1");

        var result = bundle.RunUnder(new Agent18());

        result.Log.Should().Be("[stdout]reason\n");
    }

    [Theory]
    [InlineData(2019, 2048)]
    [InlineData(2020, 0)]
    public void Under_2_each_line_costs_29_bytes_more(int text, int kept)
    {
        using var bundle = HookScript.Bundle($"echo before; printf 'x%.0s' {{1..{text}}}; echo; exit 1");

        var result = bundle.RunUnder(new Agent2());

        result.Log.Should().HaveLength(kept);
    }

    [Fact]
    public void Under_2_controls_sequences_and_empty_lines_vanish()
    {
        using var bundle = HookScript.Bundle(@"printf 'a\tb\r\n\n\033[31mred\033[0m\n\xff\n'; exit 1");

        var result = bundle.RunUnder(new Agent2());

        result.Log.Split('\n')[2..].Should().Equal(
            result.Log.Split('\n')[2][..20] + "[stdout]ab",
            result.Log.Split('\n')[3][..20] + "[stdout]red",
            result.Log.Split('\n')[4][..20] + "[stdout]\ufffd",
            "");
    }

    [Fact]
    public void Under_1_8_a_line_that_ends_in_half_a_character_fails_a_hook_that_exits_0()
    {
        using var bundle = HookScript.Bundle(@"printf 'caf\xc3\n'; exit 0");

        var result = bundle.RunUnder(new Agent18());

        result.Exit.Should().Be(new HookExit(0, null));
        result.ErrorCode.Should().Be(AgentErrorCode.MinimalDiagnostics);
        result.Log.Should().Be("Exception JSON::GeneratorError occured");
    }

    [Fact]
    public void Under_1_8_such_a_line_pushed_out_of_the_window_fails_with_its_reason()
    {
        using var bundle = HookScript.Bundle(@"printf 'caf\xc3\n'; sleep 0.3; printf 'x%.0s' {1..2040} >&2; echo >&2");

        var result = bundle.RunUnder(new Agent18());

        result.ErrorCode.Should().Be(AgentErrorCode.Failed);
        result.Message.Should().EndWith("failed with error ArgumentError with message invalid byte sequence in UTF-8");
    }

    [Fact]
    public void Under_1_8_nobody_reads_on_after_such_a_line_and_a_chatty_hook_blocks()
    {
        using var bundle = HookScript.Bundle(@"printf 'caf\xc3\n'; head -c 300000 /dev/zero; exit 0", timeout: 1);

        var result = bundle.RunUnder(new Agent18());

        result.Took.Should().BeGreaterThan(TimeSpan.FromSeconds(1));
        result.ErrorCode.Should().Be(AgentErrorCode.MinimalDiagnostics);
    }

    [Theory]
    [InlineData(0, AgentErrorCode.Succeeded)]
    [InlineData(1, AgentErrorCode.MinimalDiagnostics)]
    public void Under_1_8_an_invalid_byte_inside_a_line_harms_a_failing_hook_only(int exit, AgentErrorCode expected)
    {
        using var bundle = HookScript.Bundle($@"printf 'a\xffb\n'; exit {exit}");

        var result = bundle.RunUnder(new Agent18());

        result.ErrorCode.Should().Be(expected);
    }

    [Theory]
    [InlineData("1.8")]
    [InlineData("2")]
    public void A_flood_is_read_whole(string version)
    {
        using var bundle = HookScript.Bundle("head -c 3000000 /dev/zero | tr '\\0' 'x'; echo; seq 100000");

        var result = bundle.RunUnder(StartSpecs.Agent(version));

        result.Output.Should().HaveCount(3_000_001 + 588_895);
        result.AllLines[^1].Should().Be("100000");
        result.ErrorCode.Should().Be(AgentErrorCode.Succeeded);
    }
}
