using HookRunner.Core.Diagnostics;
using HookRunner.Core.Language;
using HookRunner.Core.Steps;
using HookRunner.Core.Yaml;

namespace HookRunner.Core.Checking;

/// <summary>Words, paths and values that only a shell would read as more than themselves.</summary>
internal static class UnreadWords
{
    private const string OfOurs = "a value of ours is `${name}`, a variable of the environment `${env.NAME}`, a dollar sign itself `$$`";

    private const string UnderRun = "put the whole command under `run:`";

    private const string AsText = "write the whole command as one text, which a shell reads";

    private static readonly string[] Operators = ["|", "||", "&&", ";", "&", ">", ">>", "<", "2>&1", "2>", "&>"];

    public static void Check(StepDeclaration step, DiagnosticBag diagnostics)
    {
        foreach (var list in Lists(step))
        {
            Check([.. list.Items.OfType<YamlScalar>()], ReferenceEquals(list, step.Value) ? UnderRun : AsText, LeftAlone.Remedy(step), diagnostics);
        }

        foreach (var path in Paths(step).Where(path => IsVariable(path.Text)))
        {
            diagnostics.Warning(path.Location, $"`{path.Text}` stays as it is here: only a shell reads `$NAME`", OfOurs);
        }
    }

    /// <param name="forShell">How the command is given to a shell.</param>
    /// <param name="forBackground">What takes the place of `&amp;`.</param>
    private static void Check(YamlScalar[] words, string forShell, string forBackground, DiagnosticBag diagnostics)
    {
        if (words is [{ Text: var program }, ..] && words.Length == 1 && program.Contains(' ', StringComparison.Ordinal) && !program.StartsWith('/'))
        {
            diagnostics.Warning(words[0].Location, $"`{program}` is one word: a program whose name holds blanks", $"write `[{string.Join(", ", program.Split(' '))}]`");
            return;
        }

        for (var at = 0; at < words.Length; at++)
        {
            if (Reason(words[at].Text, at > 0 ? words[at - 1].Text : "", words[at].Text == "&" ? forBackground : forShell) is var (message, remedy) && message.Length > 0)
            {
                diagnostics.Warning(words[at].Location, message, remedy);
            }
        }
    }

    private static (string Message, string Remedy) Reason(string word, string before, string forShell) =>
        Operators.Contains(word) ? ($"`{word}` is one more argument here: no shell reads this list", forShell)
        : IsText(before) ? ("", "")
        : IsVariable(word) ? ($"`{word}` stays as it is here: no shell reads this list", OfOurs)
        : IsPattern(word) ? ($"`{word}` stays as it is here: no shell makes file names of it", $"name the files, or {forShell}")
        : ("", "");

    /// <summary>What follows is a program's own text: `perl -e`, `sh -c`.</summary>
    private static bool IsText(string option) => option is "-c" or "-e" or "--eval";

    /// <summary>`$NAME`, alone or in a path, in capitals as the environment has them; `$1` and `$x` are rather another language's.</summary>
    private static bool IsVariable(string word)
    {
        var at = word.IndexOf('$', StringComparison.Ordinal);
        return at >= 0 && !word.Contains(' ', StringComparison.Ordinal) && word.Length > at + 2
            && char.IsAsciiLetterUpper(word[at + 1]) && (char.IsAsciiLetterUpper(word[at + 2]) || word[at + 2] == '_');
    }

    private static bool IsPattern(string word) =>
        word.StartsWith('/') && word.Contains('*', StringComparison.Ordinal) && !word.Contains(' ', StringComparison.Ordinal);

    private static IEnumerable<YamlList> Lists(StepDeclaration step)
    {
        YamlNode?[] nodes =
        [
            step.Kind?.Name == "exec" ? step.Value : null,
            (step.Value as YamlMap)?["command"],
            (step.Value as YamlMap)?["validate"],
            (step.Body["when"] as YamlMap)?["run"],
            (step.Body["unless"] as YamlMap)?["run"],
        ];
        return nodes.OfType<YamlList>();
    }

    /// <summary>Under keys that are declared as paths, and `cwd`.</summary>
    private static IEnumerable<YamlScalar> Paths(StepDeclaration step)
    {
        var written = step switch
        {
            { Kind: { } kind, Value: YamlMap map } => map.Entries.Where(entry => IsPath(kind, entry.Key)).Select(entry => entry.Value),
            { Kind: { Shorthand: { } key } kind } when IsPath(kind, key) => [step.Value],
            _ => [],
        };
        return (step.Body["cwd"] is { } folder ? written.Append(folder) : written)
            .SelectMany(value => value is YamlList list ? list.Items : [value]).OfType<YamlScalar>();
    }

    private static bool IsPath(StepKind kind, string key) => kind.Table.Find(key)?.Shape is ValueShape.Path or ValueShape.PathList;
}
