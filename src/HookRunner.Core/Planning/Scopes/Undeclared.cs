using HookRunner.Core.Diagnostics;
using HookRunner.Core.Values;

namespace HookRunner.Core.Planning.Scopes;

/// <summary>Words for a name that nothing declares.</summary>
internal static class Undeclared
{
    public static VariableValue.Undefined Value(string name, IReadOnlyCollection<string> declared) =>
        new($"`${{{name}}}` is not defined", Suggestion.Nearest(name, declared.Concat(BuiltInNames.All)) is { } nearest
            ? $"did you mean `${{{nearest}}}`?"
            : declared.Count == 0
                ? "this deployment group has no variables; built in are " + string.Join(", ", BuiltInNames.All)
                : $"variables here: {string.Join(", ", declared.Order(StringComparer.Ordinal).Take(30))}");
}
