using System.Collections.Immutable;
using HookRunner.Core.Deployment;

namespace HookRunner.Simulation.Agent;

/// <summary>The events of a deployment in the order in which the service asks for them.</summary>
internal static class Lifecycle
{
    public const string DownloadBundle = "DownloadBundle", Install = "Install";

    /// <summary>All events, those with a load balancer among them (aws/codedeploy/local/deployer.rb:24-34).</summary>
    public static ImmutableArray<string> All { get; } =
    [
        "BeforeBlockTraffic", "AfterBlockTraffic", "ApplicationStop", DownloadBundle, "BeforeInstall", Install,
        "AfterInstall", "ApplicationStart", "ValidateService", "BeforeAllowTraffic", "AfterAllowTraffic",
    ];

    /// <summary>
    /// Those that the service would ask for here: the traffic events only where one of them is bound, for without a load
    /// balancer nobody asks for them.
    /// </summary>
    /// <param name="next">The revision that is deployed.</param>
    /// <param name="previous">The one before it, whose hooks the block events run.</param>
    public static ImmutableArray<string> For(AppSpec next, AppSpec? previous) =>
        [.. All.Where(name => !name.EndsWith("Traffic", StringComparison.Ordinal) || IsBound(name, name.Contains("Block", StringComparison.Ordinal) ? previous : next))];

    /// <summary>Those asked for, with the two that every deployment needs put in front where they are not named (deployer.rb, add_download_bundle_and_install_events).</summary>
    public static ImmutableArray<string> Of(ImmutableArray<string> chosen) =>
        [.. ((string[])[DownloadBundle, Install]).Except(chosen), .. chosen];

    private static bool IsBound(string name, AppSpec? appSpec) => appSpec?.Hooks.Any(hook => hook.Event == name) == true;
}
