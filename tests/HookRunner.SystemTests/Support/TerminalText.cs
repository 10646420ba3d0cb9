using System.Text.RegularExpressions;

namespace HookRunner.SystemTests.Support;

/// <summary>What agent 2.x leaves of a line (script_run_log.rs:101-114): printable characters outside escape sequences.</summary>
internal static partial class TerminalText
{
    public static string Strip(string line) => Controls().Replace(Sequences().Replace(line, ""), "");

    /// <summary>CSI, OSC, the string sequences, the rest; each ends where it should, at CAN or SUB, at the next ESC, or with the line.</summary>
    [GeneratedRegex(
        @"\x1b(?:\[[^\x18\x1a\x1b@-~]*(?:[\x18\x1a@-~]|(?=\x1b)|$)" +
        @"|\][^\x07\x18\x1a\x1b]*(?:[\x07\x18\x1a]|(?=\x1b)|$)" +
        @"|[PX^_][^\x18\x1a\x1b]*(?:[\x18\x1a]|(?=\x1b)|$)" +
        @"|[^\x18\x1a\x1b0-~]*(?:[\x18\x1a0-~]|(?=\x1b)|$))")]
    private static partial Regex Sequences();

    [GeneratedRegex(@"[\x00-\x1f\x80-\x9f]")]
    private static partial Regex Controls();
}
