using System.Collections.Immutable;

namespace HookRunner.Core.Deployment;

/// <summary>The nine events in which the agent runs scripts (agent 1.8.1, command_poller.rb:16-25).</summary>
internal enum LifecycleEvent
{
    BeforeBlockTraffic,
    AfterBlockTraffic,
    ApplicationStop,
    BeforeInstall,
    AfterInstall,
    ApplicationStart,
    ValidateService,
    BeforeAllowTraffic,
    AfterAllowTraffic,
}

internal static class LifecycleEvents
{
    /// <summary>All of them, in the order of a deployment.</summary>
    public static ImmutableArray<LifecycleEvent> All { get; } =
    [
        LifecycleEvent.BeforeBlockTraffic, LifecycleEvent.AfterBlockTraffic, LifecycleEvent.ApplicationStop, LifecycleEvent.BeforeInstall,
        LifecycleEvent.AfterInstall, LifecycleEvent.ApplicationStart, LifecycleEvent.ValidateService, LifecycleEvent.BeforeAllowTraffic,
        LifecycleEvent.AfterAllowTraffic,
    ];

    /// <summary>In the same order. Written out, because to ask reflection for them takes a fortieth of an event's start.</summary>
    public static ImmutableArray<string> Names { get; } =
    [
        nameof(LifecycleEvent.BeforeBlockTraffic), nameof(LifecycleEvent.AfterBlockTraffic), nameof(LifecycleEvent.ApplicationStop),
        nameof(LifecycleEvent.BeforeInstall), nameof(LifecycleEvent.AfterInstall), nameof(LifecycleEvent.ApplicationStart),
        nameof(LifecycleEvent.ValidateService), nameof(LifecycleEvent.BeforeAllowTraffic), nameof(LifecycleEvent.AfterAllowTraffic),
    ];

    /// <summary>Exact name, case matters, as the agent compares it.</summary>
    public static LifecycleEvent? Parse(string name) =>
        Names.IndexOf(name) is var index and >= 0 ? All[index] : null;

    /// <summary>As the agent writes it.</summary>
    public static string Name(this LifecycleEvent item) => Names[(int)item];

    /// <summary>
    /// True for the events that run the previous revision's executable and file (hook_executor.rb:71-79): a bad file
    /// there must not block the deployment that would replace it.
    /// </summary>
    public static bool RunsPreviousRevision(this LifecycleEvent item) => item is
        LifecycleEvent.BeforeBlockTraffic or LifecycleEvent.AfterBlockTraffic or LifecycleEvent.ApplicationStop;
}
