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
    public static ImmutableArray<LifecycleEvent> All { get; } = [.. Enum.GetValues<LifecycleEvent>()];

    public static ImmutableArray<string> Names { get; } = [.. All.Select(item => item.ToString())];

    /// <summary>Exact name, case matters, as the agent compares it.</summary>
    public static LifecycleEvent? Parse(string name) =>
        Names.IndexOf(name) is var index and >= 0 ? All[index] : null;

    /// <summary>
    /// True for the events that run the previous revision's executable and file (hook_executor.rb:71-79): a bad file
    /// there must not block the deployment that would replace it.
    /// </summary>
    public static bool RunsPreviousRevision(this LifecycleEvent item) => item is
        LifecycleEvent.BeforeBlockTraffic or LifecycleEvent.AfterBlockTraffic or LifecycleEvent.ApplicationStop;
}
