namespace HookRunner.Commands;

/// <summary>What `status`, `log` and `rollback` have in common: whose state, and where it lies.</summary>
internal sealed record StatusOptions
{
    public string? Application { get; init; }

    /// <summary>`--state`: looked at alone.</summary>
    public string? State { get; init; }

    /// <summary>`state:` of the bundle at hand, where there is one: looked at beside the system's place.</summary>
    public string? BundleState { get; init; }

    public bool Json { get; init; }

    /// <summary>How many deployments `status` shows.</summary>
    public int Most { get; init; } = 5;

    public Host.State.HostState Find() =>
        Host.State.HostState.Find(Application, State is null ? [null, .. BundleState is null ? [] : new[] { BundleState }] : [State]);
}
