using System.Collections.Immutable;
using HookRunner.Core.Language;
using HookRunner.Host.Os;
using HookRunner.Host.State;

namespace HookRunner.Host.Releases;

/// <summary>
/// Removes releases beyond `keep`, and more where `keep_free` is not met; never one that is live, gone back to, in use by a
/// process, or has something mounted in it. Nothing that fails here fails the deployment: it is said, and tried again next time.
/// </summary>
internal sealed class ReleasePruning(ReleaseContext releases, ReleaseSettings settings, Action<string> say, Func<bool> mayGoOn)
{
    private readonly TreeRemoval _removal = new(mayGoOn);
    private readonly List<JournalRecord> _records = [.. releases.Journal.NewestFirst(JournalFormat.OfReleases)];

    public void Run()
    {
        if (TrustedPlace.Find(Path.Join(settings.Releases, "x"), out var place) is not null)
        {
            return;
        }

        using (place)
        {
            LowPriority.Run(() => Prune(place.Directory));
        }
    }

    private void Prune(OpenDirectory directory)
    {
        if (directory.List(out var names) is { } unlisted)
        {
            say($"warning: old releases are not pruned: {unlisted}");
            return;
        }

        Sweep(directory, names);
        if (ReleaseLink.Read(settings.Link, out _) is { } unread)
        {
            say($"warning: old releases are not pruned: {unread}");
            return;
        }

        var order = new ReleaseOrder
        {
            Present = [.. names.Where(name => !WorkName.Is(name) && IsDirectory(directory, name)).Select(name => Path.Join(settings.Releases, name.ToString()))],
            NewestFirst = _records,
            Needed = Needed(),
        };
        if (releases.Journal.ReadError is { } unknown)
        {
            say($"warning: old releases are not pruned: {unknown}");
            return;
        }

        var expendable = order.Expendable();
        var excess = ReleaseOrder.Excess(expendable.Length, order.Needed.Count(order.Present.Contains), settings.Keep);
        if (excess == 0 && !IsShortOfSpace(directory))
        {
            return;
        }

        var users = ReleaseUsers.Of(directory.Path);
        for (var i = 0; i < expendable.Length && (i < excess || IsShortOfSpace(directory)) && mayGoOn(); i++)
        {
            Remove(directory, new FileName(Path.GetFileName(expendable[i])), users);
        }
    }

    /// <summary>What earlier runs left half copied or half removed. What this deployment has begun stays.</summary>
    private void Sweep(OpenDirectory directory, IEnumerable<FileName> names)
    {
        var own = releases.Directory is { } release ? WorkName.Staged(new FileName(Path.GetFileName(release))).ToString() : "";
        foreach (var name in names.Where(name => WorkName.Is(name) && name.ToString() != own && mayGoOn()))
        {
            if (_removal.Remove(directory, name) is { Number: not Errno.EINTR } error)
            {
                say($"warning: {directory.At(name)}, left by an earlier run, cannot be removed: {error}");
            }
        }
    }

    private ImmutableHashSet<string> Needed() =>
        [.. new[] { releases.Live, releases.Previous, releases.Directory, PreviousOfLive() }.OfType<string>()];

    /// <summary>Where `hookrunner rollback` would go.</summary>
    private string? PreviousOfLive() => ActivationChain.Previous(_records, settings.Link, releases.Live);

    private void Remove(OpenDirectory directory, FileName name, ImmutableArray<ReleaseUser> users)
    {
        var inUse = users.Where(user => user.Release == name.ToString()).ToList();
        if (inUse.Count > 0)
        {
            say($"note: the old release {name} stays: it is in use by {string.Join(", ", inUse.Take(3))}{(inUse.Count > 3 ? ", ..." : "")}");
            return;
        }

        if (MountPoints.Below(directory.At(name)) is { } mount)
        {
            say($"note: the old release {name} stays: {mount} is mounted in it");
            return;
        }

        var path = Path.Join(settings.Releases, name.ToString());
        releases.Record(new JournalRecord.ReleasePruned(path) { Deployment = releases.Plan.Deployment.Deployment });
        if (_removal.Discard(directory, name) is { Number: not Errno.EINTR } error)
        {
            say($"warning: the old release {name} cannot be removed: {error}");
        }
    }

    private bool IsShortOfSpace(OpenDirectory directory) =>
        settings.KeepFree is { } floor && FreeSpace.Of(directory) is { } free && free < floor;

    private static bool IsDirectory(OpenDirectory directory, FileName name) =>
        directory.StatusOf(name, out var status) is null && status.IsDirectory;
}
