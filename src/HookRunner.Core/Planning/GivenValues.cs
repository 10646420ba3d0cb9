using System.Collections.Immutable;
using HookRunner.Core.Diagnostics;
using HookRunner.Core.Language;
using HookRunner.Core.Values;

namespace HookRunner.Core.Planning;

/// <summary>`--set NAME=VALUE`: a bare name is a variable of the environment, as `capture` and `config` make them.</summary>
internal static class GivenValues
{
    public static ImmutableSortedDictionary<string, string> Of(
        ImmutableSortedDictionary<string, string> written,
        HookFile file,
        DiagnosticBag diagnostics)
    {
        var given = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in written)
        {
            if (FullName(name, file, diagnostics) is { } full)
            {
                given[full] = value;
            }
        }

        return given.ToImmutable();
    }

    private static string? FullName(string name, HookFile file, DiagnosticBag diagnostics)
    {
        var isDeclared = file.Environments.Concat(file.Roles).Select(scope => scope.Layer).Prepend(file.Common)
            .Any(layer => layer.Variables.Any(variable => variable.Name == name));
        if (isDeclared || (BuiltInNames.Contains(name) && !name.Contains('.', StringComparison.Ordinal)))
        {
            diagnostics.Error(SourceLocation.Nowhere, $"`--set {name}`: `{name}` is known before anything runs",
                "only what is read when a step starts can be set: `env.NAME`, `instance.*`, `release.dir`, `release.live`, `release.previous`");
            return null;
        }

        if (BuiltInNames.Contains(name))
        {
            return name;
        }

        if (VariableName.IsVariable(name))
        {
            return $"env.{name}";
        }

        diagnostics.Error(SourceLocation.Nowhere, $"`--set {name}`: no value has this name", Suggestion.Remedy(name, [.. BuiltInNames.All.Where(known => known.Contains('.', StringComparison.Ordinal))]));
        return null;
    }
}
