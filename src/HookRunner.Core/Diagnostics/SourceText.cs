namespace HookRunner.Core.Diagnostics;

/// <summary>A text a person wrote, with the name it is shown under. Lines and columns count from 1.</summary>
internal sealed class SourceText(string path, string content)
{
    /// <summary>Stands for values that no file holds: command-line options, the agent's environment.</summary>
    public static SourceText Nowhere { get; } = new("", "");

    public string Path { get; } = path;

    public string Content { get; } = content;

    /// <summary>The text of one line without its line end; empty where there is no such line.</summary>
    public string Line(int number)
    {
        var rest = Content.AsSpan();
        for (var line = 1; ; line++)
        {
            var end = rest.IndexOf('\n');
            var text = end < 0 ? rest : rest[..end];
            if (line == number)
            {
                return text.TrimEnd('\r').ToString();
            }

            if (end < 0)
            {
                return "";
            }

            rest = rest[(end + 1)..];
        }
    }
}
