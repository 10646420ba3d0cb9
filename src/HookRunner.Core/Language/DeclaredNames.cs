using HookRunner.Core.Yaml;

namespace HookRunner.Core.Language;

/// <summary>The names a file declares anywhere, known before its steps are read.</summary>
internal sealed record DeclaredNames
{
    public required IReadOnlyCollection<string> Environments { get; init; }

    public required IReadOnlyCollection<string> Roles { get; init; }

    /// <summary>The named lists of `steps:`.</summary>
    public required IReadOnlyCollection<string> Lists { get; init; }

    /// <summary>Variables of any layer; a regex's captures join them once groups are read.</summary>
    public required HashSet<string> Variables { get; init; }

    /// <summary>Environment variables of any layer.</summary>
    public required HashSet<string> EnvironmentVariables { get; init; }

    public static DeclaredNames From(YamlMap root)
    {
        var layers = new List<YamlMap> { root };
        layers.AddRange(Maps(root["environments"]));
        layers.AddRange(Maps(root["roles"]));
        return new DeclaredNames
        {
            Environments = Keys(root["environments"]),
            Roles = Keys(root["roles"]),
            Lists = Keys(root["steps"]),
            Variables = [.. layers.SelectMany(layer => Keys(layer["vars"]))],
            EnvironmentVariables = [.. layers.SelectMany(layer => Keys(layer["env"]))],
        };
    }

    private static IEnumerable<YamlMap> Maps(YamlNode? node) => Entries.Of(node).Select(entry => entry.Value).OfType<YamlMap>();

    private static HashSet<string> Keys(YamlNode? node) => [.. Entries.Of(node).Select(entry => entry.Key)];
}
