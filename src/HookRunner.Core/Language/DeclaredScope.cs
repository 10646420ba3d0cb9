using HookRunner.Core.Diagnostics;
using HookRunner.Core.Values;

namespace HookRunner.Core.Language;

/// <summary>Denies the names that a file declares nowhere; of the others no value is known yet.</summary>
internal sealed class DeclaredScope(DeclaredNames names) : IVariableScope
{
    public VariableValue Find(string name) => names.Variables.Contains(name) || BuiltInNames.Contains(name)
        ? VariableValue.Late.Value
        : new VariableValue.Undefined($"`${{{name}}}` is not defined", Remedy(name));

    private string Remedy(string name)
    {
        if (BuiltInNames.OfCommand(name) is { } ours)
        {
            return $"here it is `${{{ours}}}`";
        }

        if (Suggestion.Nearest(name, names.Variables.Concat(BuiltInNames.All)) is { } near)
        {
            return $"did you mean `${{{near}}}`?";
        }

        return VariableName.IsVariable(name) && name.Any(char.IsAsciiLetterUpper)
            ? $"declare it under `vars`; a variable of the environment is `${{env.{name}}}`, a dollar sign itself `$$`"
            : "declare it under `vars`; a dollar sign itself is written `$$`";
    }
}
