using System.Globalization;
using System.Text;

namespace HookRunner.Core.Planning.Views;

/// <summary>Collects the lines of a plan, two blanks a level.</summary>
internal sealed class PlanLines(PlanMask mask)
{
    private readonly List<string> _lines = [];

    public IReadOnlyList<string> Written => _lines;

    public void Add(int depth, string text) => _lines.Add(Printable(mask.Hide(new string(' ', depth * 2) + text)));

    public static string Printable(string line)
    {
        if (!line.Any(char.IsControl))
        {
            return line;
        }

        var text = new StringBuilder(line.Length + 16);
        foreach (var c in line)
        {
            _ = c == '\n' ? text.Append("\\n")
                : char.IsControl(c) ? text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}")
                : text.Append(c);
        }

        return text.ToString();
    }
}
