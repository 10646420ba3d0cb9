using HookRunner.Host.Os;

namespace HookRunner.Host.Releases;

/// <summary>
/// Removes trees: renamed first, so that what is half gone is never taken for a whole one, then entry by entry, never
/// through a link and never into another file system.
/// </summary>
/// <param name="MayGoOn">Asked before each entry: false ends it with EINTR, and the next sweep goes on.</param>
internal sealed record TreeRemoval(Func<bool> MayGoOn)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Bounds removal by a time of its own: a step must not spend the event's on what may as well go later.
    /// </summary>
    public static Func<bool> Bounded(Func<bool> mayGoOn, TimeSpan? share = null)
    {
        var end = Deadline.After(share < Longest ? share.Value : Longest, "removal");
        return () => !end.HasPassed && mayGoOn();
    }

    /// <summary>
    /// Renames an entry away and removes it. Where a directory comes from a lower layer of an image and cannot be renamed
    /// (EXDEV), it is removed where it stands.
    /// </summary>
    public PosixError? Discard(OpenDirectory directory, FileName name)
    {
        var removed = WorkName.Removed(name);
        for (var i = 2; directory.StatusOf(removed, out _) is null; i++)
        {
            removed = WorkName.Removed(name, i);
        }

        var error = directory.Rename(name, directory, removed);
        return error switch
        {
            null => Remove(directory, removed),
            { Number: Errno.EXDEV } => Remove(directory, name),
            { Number: Errno.ENOENT } => null,
            _ => error,
        };
    }

    /// <summary>Removes what earlier runs renamed away from under this name, and did not come to remove.</summary>
    public PosixError? Sweep(OpenDirectory directory, FileName name)
    {
        if (directory.List(out var names) is { } unlisted)
        {
            return unlisted;
        }

        return names.Where(entry => WorkName.IsRemoved(entry, name)).Select(entry => Remove(directory, entry)).FirstOrDefault(error => error is not null);
    }

    /// <summary>Removes an entry with all below it; one that is not there counts as removed.</summary>
    public PosixError? Remove(OpenDirectory directory, FileName name)
    {
        if (directory.Unlink(name) is not { } error || error.Number == Errno.ENOENT)
        {
            return null;
        }

        // EPERM is what POSIX asks for, EISDIR what Linux says of a directory.
        if (error.Number is not (Errno.EISDIR or Errno.EPERM))
        {
            return error;
        }

        return MountPoints.Below(directory.At(name)) is { } mount
            ? new PosixError($"remove {directory.At(name)} with {mount} mounted in it", Errno.EBUSY)
            : RemoveDirectory(directory, name, error);
    }

    private PosixError? RemoveDirectory(OpenDirectory parent, FileName name, PosixError refused)
    {
        if (parent.Open(name, out var directory) is { } unopened)
        {
            return unopened.Number == Errno.ENOTDIR ? refused : unopened;
        }

        using (directory)
        {
            List<FileName> entries = [];
            if ((Elsewhere(parent, directory) ?? directory.List(out entries)) is { } unlisted)
            {
                return unlisted;
            }

            foreach (var entry in entries)
            {
                if (!MayGoOn())
                {
                    return new PosixError($"remove {directory.At(entry)}", Errno.EINTR);
                }

                if (RemoveEntry(directory, entry) is { } error)
                {
                    return error;
                }
            }
        }

        return parent.RemoveDirectory(name) is { Number: not Errno.ENOENT } left ? left : null;
    }

    private PosixError? RemoveEntry(OpenDirectory directory, FileName entry) => directory.Unlink(entry) switch
    {
        null or { Number: Errno.ENOENT } => null,
        { Number: Errno.EISDIR or Errno.EPERM } refused => RemoveDirectory(directory, entry, refused),
        var error => error,
    };

    /// <summary>What was mounted since <see cref="MountPoints"/> was asked, and what only another namespace knows of.</summary>
    private static PosixError? Elsewhere(OpenDirectory parent, OpenDirectory directory)
    {
        var (outer, inner) = (default(FileStatus), default(FileStatus));
        return parent.Status(out outer) ?? directory.Status(out inner)
            ?? (outer.Device == inner.Device ? null : new PosixError($"remove {directory.Path}, where another file system begins", Errno.EBUSY));
    }
}
