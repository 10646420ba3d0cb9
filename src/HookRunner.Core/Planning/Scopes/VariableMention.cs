using HookRunner.Core.Diagnostics;
using HookRunner.Core.Values;
using HookRunner.Core.Yaml;

namespace HookRunner.Core.Planning.Scopes;

/// <summary>Looks for variables in what a step says: for `HOOKRUNNER_VAR_NAME`, and for those of the environment.</summary>
internal static class VariableMention
{
    /// <summary>Where <paramref name="name"/> is named, in capitals; null: nowhere.</summary>
    public static SourceLocation? Find(YamlNode node, string name)
    {
        switch (node)
        {
            case YamlScalar scalar:
                return Names(scalar.Text, name) ? scalar.Location : null;
            case YamlList list:
                return list.Items.Select(item => Find(item, name)).FirstOrDefault(found => found is not null);
            case YamlMap map:
                return map.Entries.Select(entry => Find(entry.Value, name)).FirstOrDefault(found => found is not null);
            default:
                return null;
        }
    }

    /// <summary>True where a value of the environment, or a variable that rests on one, is put into the step.</summary>
    public static bool IsOfEnvironment(YamlNode node, IReadOnlyList<string> open) => node switch
    {
        YamlScalar { Text: var text } => text.Contains("${env.", StringComparison.Ordinal)
            || open.Any(name => text.Contains($"${{{name}}}", StringComparison.Ordinal)),
        YamlList list => list.Items.Any(item => IsOfEnvironment(item, open)),
        YamlMap map => map.Entries.Any(entry => IsOfEnvironment(entry.Value, open)),
        _ => false,
    };

    private static bool Names(string text, string name)
    {
        var variable = BuiltInNames.OfVariable(name);
        for (var at = text.IndexOf(variable, StringComparison.Ordinal); at >= 0; at = text.IndexOf(variable, at + 1, StringComparison.Ordinal))
        {
            var end = at + variable.Length;
            if (end == text.Length || !(char.IsAsciiLetterOrDigit(text[end]) || text[end] == '_'))
            {
                return true;
            }
        }

        return false;
    }
}
