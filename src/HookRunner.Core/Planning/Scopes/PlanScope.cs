using System.Collections.Immutable;
using HookRunner.Core.Diagnostics;
using HookRunner.Core.Values;

namespace HookRunner.Core.Planning.Scopes;

/// <summary>What <c>${name}</c> means while the plan is made, at one place of it.</summary>
internal sealed record PlanScope : IVariableScope
{
    public required BuiltIns BuiltIns { get; init; }

    public required VariableTable Variables { get; init; }

    /// <summary>Values given in place of late ones.</summary>
    public required ImmutableSortedDictionary<string, string> Set { get; init; }

    /// <summary>Takes what is wrong in a variable's own text, which stands elsewhere than its use.</summary>
    public required DiagnosticBag Diagnostics { get; init; }

    public ReleaseGuards Guards { get; init; }

    public VariableValue Find(string name)
    {
        if (BuiltIns.Find(name) is { } builtIn)
        {
            return builtIn is VariableValue.Late ? Late(name) : builtIn;
        }

        if (!Variables.Declares(name))
        {
            return Undeclared.Value(name, Variables.Names);
        }

        return Variables.Find(name, Diagnostics) is not { } value ? VariableValue.Late.Value
            : value.IsComplete ? new VariableValue.Known(value.Text)
            : Open(value);
    }

    /// <summary>A variable that rests on late names: each of them must be allowed where the variable is used.</summary>
    private VariableValue Open(Template value)
    {
        var parts = ImmutableArray.CreateBuilder<TemplatePart>(value.Parts.Length);
        foreach (var part in value.Parts)
        {
            switch (part.IsVariable ? Late(part.Text) : null)
            {
                case VariableValue.Undefined undefined:
                    return undefined;
                case VariableValue.Known known:
                    parts.Add(new TemplatePart(known.Text, false));
                    break;
                default:
                    parts.Add(part);
                    break;
            }
        }

        return Spliced.Value(value with { Parts = parts.DrainToImmutable() });
    }

    private VariableValue Late(string name)
    {
        if (Refusal(name) is { } refusal)
        {
            return refusal;
        }

        return Set.TryGetValue(name, out var given) ? new VariableValue.Known(given) : VariableValue.Late.Value;
    }

    private VariableValue.Undefined? Refusal(string name) => name switch
    {
        "release.dir" when !BuiltIns.Moment.HasReleaseDirectory => new(
            $"`${{release.dir}}` cannot be used in {BuiltIns.Moment.Name}: this deployment's release is not there yet",
            $"use it from AfterInstall on; a step of a shared list is left out with `except: {{ event: {BuiltIns.Moment.Name} }}`"),
        "release.live" when !Guards.Live => new(
            "`${release.live}` is nothing on a first deployment, where the link is not there yet",
            "add `unless: first_release` or `when: { exists: \"${link}\" }` to the step"),
        "release.previous" when !Guards.Previous => new(
            "`${release.previous}` is nothing on a first deployment",
            "add `unless: first_release` to the step"),
        _ => null,
    };
}
