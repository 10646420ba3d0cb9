using System.Collections.Immutable;

namespace HookRunner.Host.Steps.Config;

/// <summary>What was read from AWS. A closed set.</summary>
internal abstract record ConfigContent
{
    private ConfigContent()
    {
    }

    /// <summary>One thing, as it is.</summary>
    /// <param name="Bytes">All of it.</param>
    /// <param name="IsSecret">It is hidden in all that is shown, where it is a text.</param>
    internal sealed record Whole(byte[] Bytes, bool IsSecret) : ConfigContent;

    /// <summary>Several, each under the name it has there.</summary>
    internal sealed record Named(ImmutableArray<ConfigValue> Values) : ConfigContent;
}
