using System.Collections.Immutable;
using HookRunner.Core.Steps;

namespace HookRunner.Host.Steps.Service;

internal enum ServiceVerb
{
    Start,
    Stop,
    Restart,
    Reload,
    Enable,
    Disable,
}

/// <summary>What is wanted of which units, all known.</summary>
internal sealed record ServiceRequest
{
    public required ServiceVerb Verb { get; init; }

    /// <summary>With their types, in the order written.</summary>
    public required ImmutableArray<string> Units { get; init; }

    /// <summary>`enable: true` beside start or restart.</summary>
    public bool EnablesToo { get; init; }

    public CommandText? Validate { get; init; }

    /// <summary>For each unit's own call, and then for all of them to be active.</summary>
    public TimeSpan Within { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a unit must stay active to count.</summary>
    public TimeSpan Settle { get; init; } = TimeSpan.FromSeconds(2);

    public bool IfPresent { get; init; }

    /// <summary>The verb as systemctl has it.</summary>
    public string Word => Verb.ToString().ToLowerInvariant();

    /// <summary>Whether the units shall run afterwards.</summary>
    public bool Runs => Verb is ServiceVerb.Start or ServiceVerb.Restart or ServiceVerb.Reload;

    /// <summary>A missing unit is as good as a stopped one.</summary>
    public bool TakesMissing => Verb is ServiceVerb.Stop or ServiceVerb.Disable;
}
