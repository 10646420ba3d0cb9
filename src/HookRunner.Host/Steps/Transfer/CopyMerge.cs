using HookRunner.Host.Os;
using HookRunner.Host.Releases;
using HookRunner.Host.Steps.Files;

namespace HookRunner.Host.Steps.Transfer;

/// <summary>
/// Copies into what is there: each file by one rename, one that is right already untouched. Directories that were there
/// stay as they are, and so does what the original does not have.
/// </summary>
internal sealed class CopyMerge(CopiedTraits traits, Exclusion exclusion, Func<bool> mayGoOn) : MergeWalk(exclusion, mayGoOn)
{
    /// <summary>So many files are flushed one by one; the rest by a flush of the file system, which waits for others' data, too.</summary>
    private const int MostFlushedAlone = 500;

    private int _depth;

    /// <summary>Files were put that are not flushed yet.</summary>
    public bool IsUnflushed { get; private set; }

    public int Made { get; private set; }

    public int Changed { get; private set; }

    public int Same { get; private set; }

    /// <summary>Sockets, pipes and devices: a copy of one makes no sense.</summary>
    public int PassedOver { get; private set; }

    /// <summary>What was done to the last file, in words.</summary>
    public string LastChange { get; private set; } = "";

    protected override PathTrouble? Visit(TreePair pair, FileStatus source)
    {
        if (source.IsDirectory)
        {
            return Directory(pair, source);
        }

        PassedOver += source.IsLink || source.IsFile ? 0 : 1;
        return source.IsLink ? Link(pair, source) : source.IsFile ? File(pair) : null;
    }

    private PathTrouble? Directory(TreePair pair, FileStatus status)
    {
        var error = pair.From.Open(pair.Name, out var source);
        using (source)
        {
            if (error is not null)
            {
                return PathTrouble.Of(error);
            }

            var isThere = pair.To.StatusOf(pair.Copy, out _) is null;
            var trouble = isThere ? null : Begin() ?? traits.MakeDirectory(pair, status);
            Made += isThere ? 0 : 1;
            return trouble ?? Contents(pair, source) ?? (isThere ? null : Of(traits.Finish(pair, pair.Copy, status)));
        }
    }

    private PathTrouble? Contents(TreePair pair, OpenDirectory source)
    {
        var error = pair.To.Open(pair.Copy, out var target);
        using (target)
        {
            if (error is not null)
            {
                return PathTrouble.Of(error);
            }

            LeftOvers.Sweep(source, target);
            _depth++;
            var before = Made + Changed;
            var trouble = Inside(source, target);
            _depth--;
            return trouble ?? (Made + Changed == before ? null : Of(target.Sync()));
        }
    }

    private PathTrouble? File(TreePair pair)
    {
        if (pair.From.OpenFile(pair.Name, OpenFlags.ReadOnly | OpenFlags.NonBlocking, 0, out var descriptor) is { } unread)
        {
            return PathTrouble.Of(unread);
        }

        var path = pair.From.At(pair.Name);
        var unknown = FileStatus.OfDescriptor(descriptor, path, out var status);
        using var content = FileContent.Over(FileDescriptor.Over(descriptor, path), status, MayGoOn);
        return unknown is not null ? PathTrouble.Of(unknown)
            : status.IsFile ? Place(pair, status, content)
            : new PathTrouble($"`{path}` is no file any more");
    }

    private PathTrouble? Place(TreePair pair, FileStatus source, FileContent content)
    {
        var placement = new FilePlacement(pair.To, pair.Copy, content, traits.OfFile(source))
        {
            IsOneOfMany = _depth > 0,
            Flushes = Made + Changed < MostFlushedAlone,
            Finish = name => traits.Finish(pair, name, source),
            Missing = copy => traits.Missing(copy, source),
        };
        if (placement.Compare(out var before, out var differences) is { } trouble)
        {
            return trouble;
        }

        if (differences.Count == 0)
        {
            Same++;
            return null;
        }

        LastChange = string.Join(", ", differences);
        IsUnflushed |= !placement.Flushes;
        return Begin() ?? Count(before is null, placement.Write(before));
    }

    private PathTrouble? Link(TreePair pair, FileStatus source)
    {
        if (pair.From.ReadLink(pair.Name, out var text) is { } unread)
        {
            return PathTrouble.Of(unread);
        }

        var isThere = pair.To.StatusOf(pair.Copy, out var there) is null;
        var owner = traits.OwnerOf(source);
        if (isThere && pair.To.ReadLink(pair.Copy, out var current) is null && current.AsSpan().SequenceEqual(text)
            && (owner is not { IsWritten: true } || (owner.User, owner.Group) == (there.User, there.Group)))
        {
            Same++;
            return null;
        }

        LastChange = isThere ? "changed" : "made";
        return Begin() ?? Count(!isThere, PutLink(pair, text, owner));
    }

    private static PosixError? PutLink(TreePair pair, byte[] text, WantedOwner? owner)
    {
        var temporary = TemporaryName.For(pair.Copy);
        pair.To.Unlink(temporary);
        var error = pair.To.Symlink(temporary, text)
            ?? (owner is null ? null : pair.To.ChangeOwner(temporary, owner.User, owner.Group))
            ?? pair.To.Rename(temporary, pair.To, pair.Copy);
        if (error is not null)
        {
            pair.To.Unlink(temporary);
        }

        return error;
    }

    private PathTrouble? Count(bool isNew, PosixError? error)
    {
        Made += error is null && isNew ? 1 : 0;
        Changed += error is null && !isNew ? 1 : 0;
        return Of(error);
    }

    private static PathTrouble? Of(PosixError? error) => error is null ? null : PathTrouble.Of(error);
}
