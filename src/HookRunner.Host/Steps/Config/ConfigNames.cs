using System.Collections.Immutable;
using HookRunner.Core.Diagnostics;
using HookRunner.Core.Steps;
using HookRunner.Core.Values;

namespace HookRunner.Host.Steps.Config;

/// <summary>From the names in AWS to those of variables: `map` first, then `upper` for the others.</summary>
internal sealed record ConfigNames(ImmutableArray<(string Name, Template Variable)> Map, bool IsUpper)
{
    /// <summary>The variables; null where a name cannot be one, or two become one.</summary>
    public ImmutableArray<ConfigValue>? Variables(ImmutableArray<ConfigValue> values, out StepOutcome.Failed? failure)
    {
        failure = Unused(values);
        var byVariable = new Dictionary<string, string>(StringComparer.Ordinal);
        var result = ImmutableArray.CreateBuilder<ConfigValue>();
        foreach (var value in values)
        {
            var variable = Variable(value.Name);
            if (!IsAllowed(variable))
            {
                failure ??= NoName(value.Name, variable);
            }
            else if (!byVariable.TryAdd(variable, value.Name))
            {
                failure ??= new StepOutcome.Failed(
                    $"`{byVariable[variable]}` and `{value.Name}` both become the variable {variable}", $"give one another name: `map: {{ {value.Name}: OTHER_NAME }}`");
            }

            result.Add(value with { Name = variable });
        }

        return failure is null ? result.ToImmutable() : null;
    }

    /// <summary>A name of a variable that is none of ours.</summary>
    public static bool IsAllowed(string name) => VariableName.IsVariable(name) && !name.StartsWith("HOOKRUNNER", StringComparison.Ordinal);

    private string Variable(string name)
    {
        foreach (var (mapped, variable) in Map)
        {
            if (mapped == name)
            {
                return variable.Text;
            }
        }

        return IsUpper ? string.Concat(name.Select(letter => char.IsAsciiLetterOrDigit(letter) ? char.ToUpperInvariant(letter) : '_')) : name;
    }

    private StepOutcome.Failed? Unused(ImmutableArray<ConfigValue> values)
    {
        foreach (var (mapped, _) in Map)
        {
            if (!values.Any(value => value.Name == mapped))
            {
                var names = values.Select(value => value.Name).ToList();
                return new StepOutcome.Failed(
                    $"`map` names `{mapped}`, which is not there",
                    Suggestion.Nearest(mapped, names) is { } nearest ? $"did you mean `{nearest}`?" : $"there are: {string.Join(", ", names.Take(20))}");
            }
        }

        return null;
    }

    private StepOutcome.Failed NoName(string name, string variable) => variable.StartsWith("HOOKRUNNER", StringComparison.Ordinal)
        ? new StepOutcome.Failed($"`{name}` would be the variable {variable}; names that start with HOOKRUNNER are hookrunner's own", $"`map: {{ {name}: OTHER_NAME }}`")
        : new StepOutcome.Failed(
            $"`{name}` cannot be the name of a variable",
            IsUpper || char.IsAsciiDigit(name[0]) ? $"give it one: `map: {{ {name}: OTHER_NAME }}`" : $"`map: {{ {name}: NAME }}`, or `upper: true` for capitals with `_`");
}
