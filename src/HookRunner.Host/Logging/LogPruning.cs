using HookRunner.Host.Os;
using HookRunner.Host.Releases;
using HookRunner.Host.State;

namespace HookRunner.Host.Logging;

/// <summary>
/// Removes the outputs of old deployments: those older than 30 days, and the oldest beyond 1 GiB in all. The newest five stay,
/// whatever their age and size. What cannot be removed is tried again after the next deployment.
/// </summary>
internal static class LogPruning
{
    private const int AlwaysKept = 5;

    private const long MostBytes = 1L << 30;

    private static readonly TimeSpan Oldest = TimeSpan.FromDays(30);

    public static void Run(StateLayout layout, DateTimeOffset now)
    {
        if (OpenDirectory.OpenPath(layout.Logs, out var logs) is not null)
        {
            return;
        }

        using (logs)
        {
            logs.List(out var names);
            var deployments = names
                .Select(name => (Name: name, IsFolder: logs.StatusOf(name, out var status) is null && status.IsDirectory, Changed: status.Times.ModifiedSeconds))
                .Where(item => item.IsFolder && item.Name.ToString() != StateLayout.BackgroundLogs)
                .OrderByDescending(item => item.Changed)
                .ToList();
            var bytes = 0L;
            for (var i = 0; i < deployments.Count; i++)
            {
                var (name, _, changed) = deployments[i];
                bytes += Size(logs, name);
                if (i >= AlwaysKept && (bytes > MostBytes || now - DateTimeOffset.FromUnixTimeSeconds(changed) > Oldest))
                {
                    new TreeRemoval(() => true).Discard(logs, name);
                }
            }
        }
    }

    private static long Size(OpenDirectory parent, FileName name)
    {
        if (parent.StatusOf(name, out var status) is not null)
        {
            return 0;
        }

        if (!status.IsDirectory)
        {
            return status.Size;
        }

        var error = parent.Open(name, out var directory);
        using (directory)
        {
            return error is null && directory.List(out var names) is null ? names.Sum(entry => Size(directory, entry)) : 0;
        }
    }
}
