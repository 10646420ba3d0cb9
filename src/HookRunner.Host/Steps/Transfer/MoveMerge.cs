using HookRunner.Host.Os;
using HookRunner.Host.Releases;
using HookRunner.Host.Steps.Files;

namespace HookRunner.Host.Steps.Transfer;

/// <summary>
/// Moves into what is there: by rename; across file systems, and out of directories that strangers can write to, by a
/// copy that is whole and flushed before it gets its name and before the original goes.
/// </summary>
internal sealed class MoveMerge(
    CopiedTraits traits, TreeTraits dress, Action<string> say, Exclusion exclusion, Func<bool> mayGoOn) : MergeWalk(exclusion, mayGoOn)
{
    private readonly TreeRemoval _removal = new(mayGoOn);

    public int Moved { get; private set; }

    protected override PathTrouble? Visit(TreePair pair, FileStatus source)
    {
        var isThere = pair.To.StatusOf(pair.Copy, out _) is null;
        if (!source.IsDirectory || (!isThere && !LeavesOut))
        {
            return Begin() ?? Carry(pair, source);
        }

        return (isThere ? null : Begin() ?? traits.MakeDirectory(pair, source)) ?? Merge(pair);
    }

    /// <summary>What is left in it keeps it where it is.</summary>
    private PathTrouble? Merge(TreePair pair)
    {
        var error = pair.From.Open(pair.Name, out var source);
        using (source)
        {
            if (error is not null)
            {
                return PathTrouble.Of(error);
            }

            error = pair.To.Open(pair.Copy, out var target);
            using (target)
            {
                LeftOvers.Sweep(source, target);
                if ((error is null ? Inside(source, target) : PathTrouble.Of(error)) is { } trouble)
                {
                    return trouble;
                }

                error = target.Sync();
            }
        }

        error ??= pair.From.RemoveDirectory(pair.Name) is { Number: not (Errno.ENOTEMPTY or Errno.EBUSY or Errno.EEXIST) } left ? left : null;
        return error is null ? null : PathTrouble.Of(error);
    }

    private PathTrouble? Carry(TreePair pair, FileStatus source)
    {
        Moved++;
        if (pair.From.Status(out var holder) is null && WriteAccess.Strangers(holder) is null && !CrossesDevices(pair, source))
        {
            var trouble = dress.Put(pair.From, pair.Name);
            var error = trouble is null ? pair.From.Rename(pair.Name, pair.To, pair.Copy) : null;
            if (error is not { Number: Errno.EXDEV })
            {
                return trouble ?? (error is null ? null : PathTrouble.Of(error));
            }
        }

        return ByCopy(pair, source);
    }

    /// <summary>Owners would be given before a rename that cannot be.</summary>
    private static bool CrossesDevices(TreePair pair, FileStatus source) =>
        pair.To.Status(out var target) is null && target.Device != source.Device;

    private PathTrouble? ByCopy(TreePair pair, FileStatus source)
    {
        var half = WorkName.Copy(pair.Copy);
        var error = _removal.Remove(pair.To, half) ?? new TreeCopy(say, MayGoOn).Copy(pair.From, pair.Name, pair.To, half);
        var trouble = error is null ? dress.Put(pair.To, half) : PathTrouble.Of(error);
        if (trouble is null && (Flush(pair.To, half, source) ?? pair.To.Rename(half, pair.To, pair.Copy) ?? pair.To.Sync()) is { } unplaced)
        {
            trouble = PathTrouble.Of(unplaced);
        }

        if (trouble is not null)
        {
            new TreeRemoval(TreeRemoval.Bounded(() => true)).Remove(pair.To, half);
            return trouble;
        }

        // Not renamed away first: what a kill leaves of it, the next run finds under its name and moves after the rest.
        return _removal.Remove(pair.From, pair.Name) is { } left
            ? PathTrouble.Of(left, $"{pair.Target} is whole; run it again to remove the original")
            : null;
    }

    private static PosixError? Flush(OpenDirectory directory, FileName name, FileStatus source)
    {
        if (!source.IsFile)
        {
            return source.IsDirectory ? directory.SyncFileSystem() : null;
        }

        if (directory.OpenFile(name, OpenFlags.ReadOnly, 0, out var descriptor) is { } error)
        {
            return error;
        }

        using var file = FileDescriptor.Over(descriptor, directory.At(name));
        return file.Sync();
    }
}
