using System.Collections.Immutable;

namespace HookRunner.Commands;

/// <summary>What `hookrunner check` is told.</summary>
internal sealed record CheckOptions
{
    /// <summary>The bundle's folder.</summary>
    public required string Bundle { get; init; }

    /// <summary>Deployment groups to check for; empty: names made up for every pattern of the file.</summary>
    public ImmutableArray<string> Groups { get; init; } = [];

    public bool Json { get; init; }
}
