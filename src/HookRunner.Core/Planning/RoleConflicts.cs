using System.Collections.Immutable;
using HookRunner.Core.Diagnostics;
using HookRunner.Core.Language;
using HookRunner.Core.Yaml;

namespace HookRunner.Core.Planning;

/// <summary>Two roles of one group that say different things about one name: nobody could tell which wins.</summary>
internal static class RoleConflicts
{
    public static void CheckVariables(ImmutableArray<ScopeDeclaration> roles, DiagnosticBag diagnostics) =>
        CheckDeclarations(roles, layer => layer.Variables, "variable", diagnostics);

    /// <summary>`env`, by names, and `defaults`, by keys; what adds up (`env_file`, `path`) cannot differ.</summary>
    public static void CheckSettings(ImmutableArray<ScopeDeclaration> roles, DiagnosticBag diagnostics)
    {
        if (roles.Length < 2)
        {
            return;
        }

        CheckDeclarations(roles, layer => layer.Environment, "environment variable", diagnostics);
        var seen = new Dictionary<string, (ScopeDeclaration Role, YamlEntry Entry)>(StringComparer.Ordinal);
        foreach (var role in roles)
        {
            foreach (var (name, entry) in Defaults(role))
            {
                if (seen.TryAdd(name, (role, entry)) || YamlEquality.SaysTheSame(seen[name].Entry.Value, entry.Value))
                {
                    continue;
                }

                Report(role, seen[name].Role, $"default `{name}`", entry.KeyLocation, diagnostics);
            }
        }
    }

    private static IEnumerable<(string Name, YamlEntry Entry)> Defaults(ScopeDeclaration role)
    {
        foreach (var entry in role.Layer.Defaults?.Entries ?? [])
        {
            if (entry is { Key: "env", Value: YamlMap variables })
            {
                foreach (var variable in variables.Entries)
                {
                    yield return ($"env.{variable.Key}", variable);
                }
            }
            else if (entry.Key is not ("env_file" or "path"))
            {
                yield return (entry.Key, entry);
            }
        }
    }

    private static void CheckDeclarations(
        ImmutableArray<ScopeDeclaration> roles,
        Func<Layer, ImmutableArray<VariableDeclaration>> select,
        string what,
        DiagnosticBag diagnostics)
    {
        var seen = new Dictionary<string, (ScopeDeclaration Role, VariableDeclaration Declaration)>(StringComparer.Ordinal);
        foreach (var role in roles)
        {
            foreach (var declaration in select(role.Layer))
            {
                if (seen.TryAdd(declaration.Name, (role, declaration))
                    || seen[declaration.Name].Declaration.Value.Parts.AsSpan().SequenceEqual(declaration.Value.Parts.AsSpan()))
                {
                    continue;
                }

                Report(role, seen[declaration.Name].Role, $"{what} `{declaration.Name}`", declaration.Location, diagnostics);
            }
        }
    }

    private static void Report(ScopeDeclaration role, ScopeDeclaration other, string what, SourceLocation location, DiagnosticBag diagnostics) =>
        diagnostics.Error(location, $"the roles `{other.Name}` and `{role.Name}` both match and set the {what} differently",
            "set it in one of them, or give a group one of the two roles only");
}
