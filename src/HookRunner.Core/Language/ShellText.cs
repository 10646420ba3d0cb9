using HookRunner.Core.Values;
using HookRunner.Core.Yaml;

namespace HookRunner.Core.Language;

/// <summary>
/// What goes wrong silently in text for a shell: YAML joins its lines or cuts it at a comment, and hookrunner puts no
/// value into it, so that no value can become code.
/// </summary>
internal sealed class ShellText(FileContext context)
{
    private static readonly string[] Shells = ["sh", "bash", "dash", "ksh", "zsh", "ash"];

    /// <summary>A command inside a kind or condition: text under the rules of `run:`, or a list under those of `exec:`.</summary>
    public void CheckCommand(YamlNode node, string key, YamlMap step)
    {
        switch (node)
        {
            case YamlScalar text:
                CheckText(text, key, step);
                break;
            case YamlList list:
                CheckWords(list, key);
                break;
            default:
                break;
        }
    }

    public void CheckText(YamlScalar text, string key, YamlMap step)
    {
        CheckLines(text, key);
        if (text.CommentFollows)
        {
            context.Diagnostics.Warning(text.Location, $"YAML ends `{key}` at the ` #`: the rest of the line is a comment",
                $"if it belongs to the command, put the command under `{key}: |`");
        }

        foreach (var name in References(text.Text))
        {
            CheckReference(name, text, step);
        }
    }

    /// <summary>A shell's `-c` text in a list is expanded like any word, so that a value could become code there.</summary>
    public void CheckWords(YamlList list, string key)
    {
        var words = list.Items.OfType<YamlScalar>().ToList();
        if (words.Count < 3 || !Shells.Contains(words[0].Text[(words[0].Text.LastIndexOf('/') + 1)..]))
        {
            return;
        }

        var option = words.FindIndex(1, word => word.Text.StartsWith('-') && !word.Text.StartsWith("--", StringComparison.Ordinal) && word.Text.Contains('c'));
        if (option < 0 || option + 1 >= words.Count || References(words[option + 1].Text).FirstOrDefault() is not { } name)
        {
            return;
        }

        context.Diagnostics.Error(words[option + 1].Location, $"`${{{name}}}` inside a shell's text: its value would be read as code",
            $"put the text under `run:`, or hand the value over as an argument: `[{words[0].Text}, {words[option].Text}, '... \"$1\"', {words[0].Text}, \"${{{name}}}\"]`");
    }

    private void CheckLines(YamlScalar text, string key)
    {
        if (text is { Style: ScalarStyle.Literal } or { Lines: < 2 })
        {
            return;
        }

        context.Diagnostics.Error(text.Location,
            text.Style == ScalarStyle.Folded
                ? $"`{key}: >` joins its {text.Lines} lines into one command"
                : $"YAML joins the {text.Lines} lines of `{key}` into one command",
            $"use `{key}: |`, which keeps them");
    }

    private void CheckReference(string name, YamlScalar text, YamlMap step)
    {
        var isDeclared = context.Names.Variables.Contains(name);
        if ((!isDeclared && !BuiltInNames.Contains(name)) || IsTheShells(name, text.Text, step))
        {
            return;
        }

        var variable = isDeclared ? BuiltInNames.OfVariable(name) : BuiltInNames.InCommand(name);
        context.Diagnostics.Error(text.Location, $"`${{{name}}}` is not expanded in text for a shell",
            variable is null ? $"put it into `env:` of this step, for example `VALUE: \"${{{name}}}\"`, and write `\"$VALUE\"`" : $"write `\"${variable}\"`");
    }

    /// <summary>The text or the step's environment gives the shell a variable of that name.</summary>
    private bool IsTheShells(string name, string text, YamlMap step) =>
        context.Names.EnvironmentVariables.Contains(name)
        || (step["env"] as YamlMap)?[name] is not null
        || text.Contains($"{name}=", StringComparison.Ordinal)
        || text.Contains($"for {name} in", StringComparison.Ordinal)
        || text.Split('\n').Any(line => line.Contains("read ", StringComparison.Ordinal) && line.Contains(name, StringComparison.Ordinal) && !line.Contains("${" + name, StringComparison.Ordinal));

    /// <summary>The names in <c>${name}</c>; what a shell alone understands, such as <c>${name:-x}</c>, is none.</summary>
    private static IEnumerable<string> References(string text)
    {
        var seen = new HashSet<string>();
        for (var at = text.IndexOf("${", StringComparison.Ordinal); at >= 0; at = text.IndexOf("${", at + 2, StringComparison.Ordinal))
        {
            var rest = text.AsSpan(at + 2);
            var end = rest.IndexOfAny('}', '$');
            if (end > 0 && rest[end] == '}' && VariableName.IsReference(rest[..end].ToString()) && seen.Add(rest[..end].ToString()))
            {
                yield return rest[..end].ToString();
            }
        }
    }
}
