using HookRunner.Core.Diagnostics;
using HookRunner.Core.Yaml;

namespace HookRunner.Core.Planning;

/// <summary>Looks for `HOOKRUNNER_VAR_NAME` in what a step says.</summary>
internal static class VariableMention
{
    public const string Prefix = "HOOKRUNNER_VAR_";

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
        for (var start = text.IndexOf(Prefix, StringComparison.Ordinal); start >= 0; start = text.IndexOf(Prefix, start + 1, StringComparison.Ordinal))
        {
            var rest = text.AsSpan(start + Prefix.Length);
            if (rest.StartsWith(name.ToUpperInvariant(), StringComparison.Ordinal)
                && (rest.Length == name.Length || !(char.IsAsciiLetterOrDigit(rest[name.Length]) || rest[name.Length] == '_')))
            {
                return true;
            }
        }

        return false;
    }
}
