using HookRunner.Core.Values;

namespace HookRunner.Core.Planning.Scopes;

/// <summary>A variable's resolved text as a value: known, or open in part.</summary>
internal static class Spliced
{
    public static VariableValue Value(Template template) =>
        template.IsComplete ? new VariableValue.Known(template.Text) : new VariableValue.Open(template.Parts);
}
