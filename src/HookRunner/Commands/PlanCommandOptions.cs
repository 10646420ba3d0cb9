using System.Collections.Immutable;

namespace HookRunner.Commands;

/// <summary>What `hookrunner plan` is told.</summary>
internal sealed record PlanCommandOptions
{
    /// <summary>Group, application, deployment, bundle and given values.</summary>
    public RunOptions Target { get; init; } = new();

    /// <summary>Names of events; empty: those that have steps.</summary>
    public ImmutableArray<string> Events { get; init; } = [];

    /// <summary>All nine, those without steps too.</summary>
    public bool All { get; init; }

    /// <summary>`--diff A B`: two deployment groups or environments to compare, in place of `--group`.</summary>
    public (string First, string Second)? Difference { get; init; }

    public bool Json { get; init; }
}
