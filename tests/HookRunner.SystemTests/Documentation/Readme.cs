using System.Text.RegularExpressions;

namespace HookRunner.SystemTests.Documentation;

/// <summary>README.md of the repository, in the parts that tests hold it to.</summary>
internal static partial class Readme
{
    private const string Begin = "<!-- reference: begin -->\n", End = "<!-- reference: end -->";

    /// <summary>The folder that README.md stands in.</summary>
    public static string Repository { get; } = Find();

    public static string Path => System.IO.Path.Join(Repository, "README.md");

    public static string Text => File.ReadAllText(Path);

    /// <summary>What stands between the reference's marks.</summary>
    public static string Reference => Text[(Text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length)..Text.IndexOf(End, StringComparison.Ordinal)];

    /// <summary>The fenced blocks of a language, in order.</summary>
    public static IReadOnlyList<string> Blocks(string language) =>
        [.. Fence().Matches(Text).Where(match => match.Groups["language"].Value == language).Select(match => match.Groups["text"].Value)];

    /// <summary>The second cells of the table whose first column is headed so.</summary>
    public static IReadOnlyList<string> Table(string heading) =>
        [.. Text[Text.IndexOf($"| {heading} |", StringComparison.Ordinal)..].Split('\n').TakeWhile(line => line.StartsWith('|')).Skip(2)
            .Select(line => line.Replace("\\|", "\0", StringComparison.Ordinal).Split('|')[2].Replace('\0', '|').Trim())];

    public static void WriteReference(string reference)
    {
        var text = Text;
        var start = text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        File.WriteAllText(Path, text[..start] + reference + text[text.IndexOf(End, StringComparison.Ordinal)..]);
    }

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(System.IO.Path.Join(folder!.FullName, "HookRunner.sln")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }

    [GeneratedRegex("^```(?<language>[a-z]*)\n(?<text>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();
}
