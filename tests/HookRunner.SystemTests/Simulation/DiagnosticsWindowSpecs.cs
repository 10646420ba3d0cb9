using CsCheck;
using HookRunner.Simulation;

namespace HookRunner.SystemTests.Simulation;

/// <summary>The window is the agent's, its odd arithmetic included; each expectation was seen with the agent itself.</summary>
public class DiagnosticsWindowSpecs
{
    [Theory]
    [InlineData(2047, "kept")]
    [InlineData(2048, "")]
    [InlineData(9000, "")]
    public void An_entry_that_is_too_long_wipes_the_window(int length, string expected)
    {
        var window = new DiagnosticsWindow();

        window.Add(new string('x', length - 1) + "\n");

        (window.ToString().Length == length ? "kept" : window.ToString()).Should().Be(expected);
    }

    [Fact]
    public void The_newest_entry_is_not_counted_against_those_before_it()
    {
        var window = new DiagnosticsWindow();

        window.Add("LifecycleEvent - BeforeInstall\n");
        window.Add("Script - hook.sh\n");
        window.Add("[stdout]" + new string('x', 2036) + "\n");

        window.ToString().Should().StartWith("LifecycleEvent - ").And.HaveLength(2093);
    }

    [Fact]
    public void Any_output_leaves_what_the_agents_own_loop_leaves() => Gen.Int[1, 900].List[0, 40].Sample(lengths =>
    {
        var window = new DiagnosticsWindow();
        var kept = new List<string>();

        foreach (var entry in lengths.Select((length, number) => new string((char)('a' + (number % 26)), length)))
        {
            window.Add(entry);
            kept = AppendAsAgent(kept, entry);
        }

        window.ToString().Should().Be(string.Concat(kept));
    });

    [Fact]
    public void Old_entries_leave_whole()
    {
        var window = new DiagnosticsWindow();

        for (var i = 1000; i < 2000; i++)
        {
            window.Add($"line {i}\n");
        }

        var lines = window.ToString().Split('\n');
        lines[0].Should().MatchRegex("^line [0-9]{4}$");
        lines[^2].Should().Be("line 1999");
        window.ToString().Length.Should().BeInRange(2030, 2060);
    }

    [Fact]
    public void Characters_are_counted_and_not_bytes_and_an_invalid_byte_is_noticed()
    {
        var window = new DiagnosticsWindow();

        window.Add(new string('ü', 2046) + "\n");
        window.IsValid.Should().BeTrue();
        window.ToString().Should().HaveLength(2047);

        window.Add([0xC3, (byte)'\n']);
        window.IsValid.Should().BeFalse();
    }

    /// <summary>append_to_log of hook_executor.rb:15-31, line for line.</summary>
    private static List<string> AppendAsAgent(List<string> log, string entry)
    {
        log.Add(entry);
        var index = log.Count;
        var remaining = 2048;
        while (index > 0 && remaining - log[index - 1].Length > 0)
        {
            index -= 1;
            remaining -= log[index == 0 ? log.Count - 1 : index - 1].Length;
        }

        return index > 0 ? log[index..] : log;
    }
}
