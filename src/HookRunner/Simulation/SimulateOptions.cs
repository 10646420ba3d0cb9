using System.Collections.Immutable;

namespace HookRunner.Simulation;

/// <summary>What a person asked of `hookrunner simulate`, as written on the command line.</summary>
internal sealed record SimulateOptions
{
    /// <summary>The bundle's directory.</summary>
    public string Bundle { get; init; } = ".";

    /// <summary>`--group`: DEPLOYMENT_GROUP_NAME.</summary>
    public required string Group { get; init; }

    /// <summary>`--application`: APPLICATION_NAME; null: the name of the bundle's directory.</summary>
    public string? Application { get; init; }

    /// <summary>`--from`: the bundle that is deployed before, so that ApplicationStop and the like have a previous revision.</summary>
    public string? From { get; init; }

    /// <summary>`--network`: the hooks use this machine's network.</summary>
    public bool Network { get; init; }

    /// <summary>`--set NAME=VALUE`.</summary>
    public ImmutableArray<string> Settings { get; init; } = [];

    /// <summary>`--real`: what is done and not only recorded.</summary>
    public ImmutableArray<string> Real { get; init; } = [];

    public bool NoSandbox { get; init; }

    /// <summary>`--yes`: `--no-sandbox` is meant.</summary>
    public bool Yes { get; init; }

    /// <summary>`--events`: only these, in this order; empty: all, in the agent's order.</summary>
    public ImmutableArray<string> Events { get; init; } = [];

    public bool Json { get; init; }
}
