using System.Collections.Immutable;

namespace HookRunner.Commands;

/// <summary>What a person may say in place of the agent's variables; all null under the agent.</summary>
internal sealed record RunOptions
{
    public string? Event { get; init; }

    public string? Group { get; init; }

    public string? Application { get; init; }

    public string? Deployment { get; init; }

    public string? Bundle { get; init; }

    public string? State { get; init; }

    /// <summary>`--set NAME=VALUE`.</summary>
    public ImmutableSortedDictionary<string, string> Set { get; init; } = ImmutableSortedDictionary<string, string>.Empty;
}
