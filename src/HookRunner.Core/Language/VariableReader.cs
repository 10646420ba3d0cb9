using System.Collections.Immutable;
using HookRunner.Core.Diagnostics;
using HookRunner.Core.Steps;
using HookRunner.Core.Values;
using HookRunner.Core.Yaml;

namespace HookRunner.Core.Language;

/// <summary>`vars` and `env`: names and their values.</summary>
internal sealed class VariableReader(FileContext context)
{
    public ImmutableArray<VariableDeclaration> Variables(YamlNode? node) => Read(node, "vars", IsVariable);

    public ImmutableArray<VariableDeclaration> Environment(YamlNode? node) => Read(node, "env", IsEnvironmentVariable);

    /// <summary>Reports a name that no variable may have.</summary>
    public bool IsVariable(string name, SourceLocation location)
    {
        if (!VariableName.IsVariable(name))
        {
            return Refuse(location, $"`{name}` is no variable's name", "letters, digits and `_`, not beginning with a digit");
        }

        return !BuiltInNames.IsReserved(name)
            || Refuse(location, $"`{name}` is reserved: hookrunner defines it itself", "choose another name");
    }

    private bool IsEnvironmentVariable(string name, SourceLocation location)
    {
        if (!VariableName.IsVariable(name))
        {
            return Refuse(location, $"`{name}` is no name of an environment variable", "letters, digits and `_`, not beginning with a digit");
        }

        return !name.StartsWith("HOOKRUNNER_", StringComparison.Ordinal)
            || Refuse(location, $"`{name}` is set by hookrunner itself", "choose another name");
    }

    private ImmutableArray<VariableDeclaration> Read(YamlNode? node, string key, Func<string, SourceLocation, bool> isName)
    {
        if (node is not YamlMap map)
        {
            return [];
        }

        var variables = ImmutableArray.CreateBuilder<VariableDeclaration>(map.Entries.Length);
        foreach (var entry in map.Entries)
        {
            if (isName(entry.Key, entry.KeyLocation) && ShapeRules.IsText($"{key}.{entry.Key}", entry.Value, context.Diagnostics))
            {
                var value = Template.Parse(((YamlScalar)entry.Value).Text, entry.Value.Location, context.Diagnostics);
                variables.Add(new VariableDeclaration(entry.KeyLocation, entry.Key, value));
                value.Resolve(context.Scope, context.Diagnostics);
            }
        }

        return variables.DrainToImmutable();
    }

    private bool Refuse(SourceLocation location, string message, string remedy)
    {
        context.Diagnostics.Error(location, message, remedy);
        return false;
    }
}
