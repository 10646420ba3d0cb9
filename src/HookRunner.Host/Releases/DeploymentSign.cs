using HookRunner.Core.Planning;
using HookRunner.Host.Os;
using HookRunner.Host.State;

namespace HookRunner.Host.Releases;

/// <summary>
/// Leaves word that a deployment is over in the locks of all links that its events have met: the last event need not lock
/// them, and another deployment group would wait for nothing.
/// </summary>
internal static class DeploymentSign
{
    public static void LeaveOver(ExecutionPlan plan, StateLayout layout)
    {
        using var releases = ReleaseContext.OpenToRead(plan, layout);
        foreach (var link in releases.Facts.Held.Keys.Union(ReleaseContext.LinksOf(plan)))
        {
            var path = Path.Join(layout.Locks, HostLock.FileNameOfLink(link));
            if (FileStatus.Of(path, out _) is null)
            {
                LeaveOver(path, link, plan.Deployment.Deployment);
            }
        }
    }

    private static void LeaveOver(string path, string link, string deployment)
    {
        if (LockFile.Open(path, link, out var file) is not null)
        {
            return;
        }

        using (file)
        {
            if (file.TryTake(out var taken) is null && taken
                && file.ReadHolder() is { State: HolderState.BetweenEvents } holder && holder.Deployment == deployment)
            {
                file.Write(holder with { State = HolderState.Over, LastSign = Boot.Now });
            }
        }
    }
}
