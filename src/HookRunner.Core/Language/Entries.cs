using HookRunner.Core.Yaml;

namespace HookRunner.Core.Language;

/// <summary>Entries whose keys are names that a person chose.</summary>
internal static class Entries
{
    /// <summary>All but `x-...`; none where it is no mapping.</summary>
    public static IEnumerable<YamlEntry> Of(YamlNode? node) => node is YamlMap map
        ? map.Entries.Where(entry => !entry.Key.StartsWith("x-", StringComparison.Ordinal))
        : [];
}
