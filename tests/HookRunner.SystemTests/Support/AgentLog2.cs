using System.Globalization;
using System.Text;

namespace HookRunner.SystemTests.Support;

/// <summary>2.x: lines of at most 64 KiB, counted in bytes, decoded leniently, stripped of control characters.</summary>
internal sealed class AgentLog2 : AgentLog
{
    protected override DiagnosticsWindow Entries { get; } = new(2048, entry => entry.Length);

    protected override int LongestLine => 65_536;

    protected override byte[] Entry(string prefix, byte[] line, bool terminated)
    {
        var time = DateTime.Now.ToString("yyyy-MM-dd HH:mm:ss ", CultureInfo.InvariantCulture);
        return Encoding.UTF8.GetBytes($"{time}{prefix}{TerminalText.Strip(Encoding.UTF8.GetString(line))}\n");
    }

    protected override string? Refusal(byte[] line) => null;

    protected override bool IsDropped(byte[] line) => line.Length == 0;
}
