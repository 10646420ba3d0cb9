using System.Collections.Immutable;

namespace HookRunner.Core.Values;

/// <summary>What <c>${name}</c> means at one moment of a run.</summary>
internal interface IVariableScope
{
    VariableValue Find(string name);
}

/// <summary>What a scope knows of one name.</summary>
internal abstract record VariableValue
{
    private VariableValue()
    {
    }

    /// <summary>It has this value, which may be a secret that must not be shown.</summary>
    internal sealed record Known(string Text, bool IsSecret = false) : VariableValue;

    /// <summary>It will be known when the step starts.</summary>
    internal sealed record Late : VariableValue
    {
        public static Late Value { get; } = new();
    }

    /// <summary>It stands for this text, in which some names will be known when the step starts.</summary>
    internal sealed record Open(ImmutableArray<TemplatePart> Parts) : VariableValue;

    /// <summary>It is a mistake to use it here.</summary>
    internal sealed record Undefined(string Message, string? Remedy = null) : VariableValue;
}

/// <summary>Knows no value and denies none: for reading a file's structure before there is a plan.</summary>
internal sealed class UnknownScope : IVariableScope
{
    public static UnknownScope Value { get; } = new();

    public VariableValue Find(string name) => VariableValue.Late.Value;
}
