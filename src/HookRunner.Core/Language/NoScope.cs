using HookRunner.Core.Values;

namespace HookRunner.Core.Language;

/// <summary>For values that are needed before there is a plan: no name may be used in them.</summary>
internal sealed class NoScope : IVariableScope
{
    public static NoScope Value { get; } = new();

    public VariableValue Find(string name) =>
        new VariableValue.Undefined($"`${{{name}}}` is never expanded here", "write the value itself; it is needed before there is a plan");
}
