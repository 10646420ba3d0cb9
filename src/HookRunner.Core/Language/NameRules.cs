using HookRunner.Core.Diagnostics;
using HookRunner.Core.Values;

namespace HookRunner.Core.Language;

/// <summary>Variables and captures of all layers together: names that collide, and values that never end.</summary>
internal static class NameRules
{
    public static void Check(HookFile file, FileContext context)
    {
        CheckCaptures(file, context);
        CheckCase(file, context);
        VariableLayers.Check(file, context.Diagnostics);
    }

    private static void CheckCaptures(HookFile file, FileContext context)
    {
        var names = new VariableReader(context);
        foreach (var scope in file.Environments.Concat(file.Roles))
        {
            foreach (var (name, location) in scope.Captures)
            {
                if (names.IsVariable(name, location)
                    && file.Common.Variables.Concat(scope.Layer.Variables).FirstOrDefault(item => item.Name == name) is { } variable)
                {
                    context.Diagnostics.Error(location, $"the capture `{name}` has the name of a variable ({variable.Location})", "rename one of them");
                }
            }
        }
    }

    private static void CheckCase(HookFile file, FileContext context)
    {
        var known = new Dictionary<string, (string Name, SourceLocation Location)>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, location) in All(file))
        {
            if (!known.TryAdd(name, (name, location)) && known[name].Name != name)
            {
                context.Diagnostics.Error(location, $"`{name}` and `{known[name].Name}` (line {known[name].Location.Line}) differ only in case",
                    $"commands would see both as {BuiltInNames.OfVariable(name)}; rename one of them");
            }
        }
    }

    private static IEnumerable<(string Name, SourceLocation Location)> All(HookFile file)
    {
        var scopes = file.Environments.Concat(file.Roles).ToList();
        return file.Common.Variables.Concat(scopes.SelectMany(scope => scope.Layer.Variables))
            .Select(variable => (variable.Name, variable.Location))
            .Concat(scopes.SelectMany(scope => scope.Captures));
    }
}
