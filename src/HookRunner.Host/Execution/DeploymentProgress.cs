using HookRunner.Core.Deployment;
using HookRunner.Core.Reporting;
using HookRunner.Host.State;

namespace HookRunner.Host.Execution;

/// <summary>Whether a deployment is still under way when one of its events has ended.</summary>
internal static class DeploymentProgress
{
    private static readonly LifecycleEvent[] Last = [LifecycleEvent.ValidateService, LifecycleEvent.ApplicationStart, LifecycleEvent.AfterInstall];

    /// <summary>
    /// Over after a failed event, and after the last one bound of AfterInstall, ApplicationStart and ValidateService: what
    /// comes later (traffic) need not come on this host.
    /// </summary>
    public static HolderState After(LifecycleEvent ended, int status, AppSpec? appSpec)
    {
        var last = Last.FirstOrDefault(item => appSpec is null || appSpec.HooksOf(item).Any(), LifecycleEvent.ValidateService);
        return status != ExitStatus.Done || ended >= last ? HolderState.Over : HolderState.BetweenEvents;
    }
}
