using HookRunner.Core.Yaml;

namespace HookRunner.Core.Planning;

/// <summary>Whether two pieces of YAML say the same, wherever they stand.</summary>
internal static class YamlEquality
{
    public static bool SaysTheSame(YamlNode first, YamlNode second) => (first, second) switch
    {
        (YamlScalar a, YamlScalar b) => a.Text == b.Text,
        (YamlList a, YamlList b) => a.Items.Length == b.Items.Length
            && a.Items.Zip(b.Items).All(pair => SaysTheSame(pair.First, pair.Second)),
        (YamlMap a, YamlMap b) => a.Entries.Length == b.Entries.Length
            && a.Entries.All(entry => b[entry.Key] is { } other && SaysTheSame(entry.Value, other)),
        _ => false,
    };
}
