using HookRunner.Core.Diagnostics;
using HookRunner.Core.Language;
using HookRunner.Core.Values;
using HookRunner.Core.Yaml;

namespace HookRunner.Core.Checking;

/// <summary>Values of `vars` and `env` that were written for a shell: `"$PATH:/opt/bin"` is no PATH, and nothing says so.</summary>
internal static class UnreadValues
{
    private static readonly string[] OfShells = ["PATH", "HOME", "USER", "PWD", "HOSTNAME"];

    public static void Check(HookFile file, DiagnosticBag diagnostics)
    {
        foreach (var layer in file.Environments.Concat(file.Roles).Select(scope => scope.Layer).Append(file.Common))
        {
            // A dollar sign that was written `$$` is one like any other in a template; the line still tells.
            foreach (var (_, name, value) in layer.Variables.Concat(layer.Environment)
                .Where(item => !file.Source.Line(item.Value.Location.Line).Contains("$$", StringComparison.Ordinal)))
            {
                Check(name, value.Parts.FirstOrDefault(part => !part.IsVariable).Text ?? "", value.Location, diagnostics);
            }
        }

        foreach (var entry in FileSteps.All(file).SelectMany(step => step.Body["env"] is YamlMap env ? env.Entries.ToArray() : []))
        {
            Check(entry.Key, (entry.Value as YamlScalar)?.Text ?? "", entry.Value.Location, diagnostics);
        }
    }

    private static void Check(string name, string value, SourceLocation location, DiagnosticBag diagnostics)
    {
        if (value.StartsWith("$(", StringComparison.Ordinal) || value.StartsWith('`'))
        {
            diagnostics.Warning(location, $"`{name}` is the text `{value}`: no shell reads a value", "a step with `capture:` gives later steps what a command prints");
        }
        else if (Mentioned(value) is { } variable)
        {
            diagnostics.Warning(location, $"`{name}` holds the text `${variable}`: no shell reads a value",
                name == "PATH" ? "write `path: [DIR]`, which puts directories before PATH"
                : $"write `${{{BuiltInNames.OfCommand(variable) ?? $"env.{variable}"}}}`, or `$$` for a dollar sign");
        }
    }

    /// <summary>The first `$NAME` of a name that shells, the agent or hookrunner give a command.</summary>
    private static string? Mentioned(string value)
    {
        for (var at = value.IndexOf('$', StringComparison.Ordinal); at >= 0 && at + 1 < value.Length; at = value.IndexOf('$', at + 2))
        {
            var end = at + 1;
            while (end < value.Length && (char.IsAsciiLetterUpper(value[end]) || value[end] == '_'))
            {
                end++;
            }

            var name = value[(at + 1)..end];
            if (OfShells.Contains(name) || BuiltInNames.OfCommand(name) is not null)
            {
                return name;
            }
        }

        return null;
    }
}
