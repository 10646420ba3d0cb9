using HookRunner.Core.Planning;
using HookRunner.Host.Os;

namespace HookRunner.Host.Execution;

/// <summary>What the environment of a step's program is made of, beside the plan.</summary>
internal sealed record StepFacts
{
    public required PlannedStep Step { get; init; }

    public required UserAccount User { get; init; }

    /// <summary>HOOKRUNNER_STEP: names the step, and marks its descendants.</summary>
    public required string Token { get; init; }

    /// <summary>From env_file and from what earlier steps captured, later ones last.</summary>
    public required IReadOnlyList<(string Name, string Value)> FileValues { get; init; }

    public string? ReleaseDirectory { get; init; }

    public string? LiveRelease { get; init; }

    /// <summary>`ok`, `failed` or `timeout`, in on_failure and always.</summary>
    public string? Result { get; init; }

    public string? FailedStep { get; init; }
}
