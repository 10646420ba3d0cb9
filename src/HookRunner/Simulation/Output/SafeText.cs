using System.Globalization;
using System.Text;

namespace HookRunner.Simulation.Output;

/// <summary>Text of a script made safe for a terminal: no control character but the tab, no newline at the end.</summary>
internal static class SafeText
{
    public static string Of(string text)
    {
        var line = text.AsSpan().TrimEnd("\r\n");
        var safe = new StringBuilder(line.Length);
        foreach (var c in line)
        {
            _ = c != '\t' && char.IsControl(c) ? safe.Append(CultureInfo.InvariantCulture, $"\\x{(int)c:x2}") : safe.Append(c);
        }

        return safe.ToString();
    }
}
