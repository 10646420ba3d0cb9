using System.Collections.Immutable;
using HookRunner.Core.Diagnostics;
using HookRunner.Core.Values;
using HookRunner.Core.Yaml;

namespace HookRunner.Core.Steps;

/// <summary>An entry of `env_file`: a path, or a mapping.</summary>
internal static class EnvironmentFileBlock
{
    public static KeyTable Table { get; } = new(
        "env_file",
        [
            new("path", ValueShape.Path, "in the bundle, absolute, or starting with a variable", Required: true),
            new("optional", ValueShape.Flag, "a missing file is no failure", "false"),
            new("secret", ValueShape.Flag, "its values are never shown", "false"),
        ],
        Shorthand: "path");

    /// <summary>One entry or a list of them, as written under the key.</summary>
    public static ImmutableArray<YamlNode> Entries(YamlNode node) => node is YamlList list ? list.Items : [node];

    /// <summary>Null after a reported mistake.</summary>
    public static EnvironmentFile? Read(YamlNode entry, IVariableScope scope, DiagnosticBag diagnostics)
    {
        var fields = new Fields(Table, entry, scope, diagnostics);
        return fields.Source("path") is { } path
            ? new EnvironmentFile(entry.Location, path, fields.Flag("optional") ?? false, fields.Flag("secret") ?? false)
            : null;
    }
}
