using HookRunner.Core.Diagnostics;
using HookRunner.Core.Values;
using HookRunner.Core.Yaml;

namespace HookRunner.Core.Planning.Scopes;

/// <summary>Looks for `HOOKRUNNER_VAR_NAME` in what a step says.</summary>
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
