using HookRunner.Core.Values;
using HookRunner.Host.Os;
using HookRunner.Host.Releases;
using HookRunner.Host.Steps.Files;

namespace HookRunner.Host.Steps.Transfer;

/// <summary>Owner, mode and times of what is copied: as the step says, or as the original has them.</summary>
/// <param name="mayGive">Whether an owner can be given here at all: in a simulation not each one is known.</param>
internal sealed class CopiedTraits(WantedOwner? owner, UnixMode? mode, bool keeps, Func<FileStatus, bool> mayGive)
{
    private const uint UsualDirectory = 0x1ED, OwnersAll = 0x1C0;

    public Traits OfFile(FileStatus source) =>
        keeps ? new Traits(OwnerOf(source), mode ?? new UnixMode("", source.Permissions)) : new Traits(owner, mode);

    public WantedOwner? OwnerOf(FileStatus source) => !keeps ? owner
        : mayGive(source) ? new WantedOwner(source.User, source.Group, IsWritten: true)
        : null;

    /// <summary>What remains after owner and mode: extended attributes first, since writing them touches no time but ctime.</summary>
    public PosixError? Finish(TreePair pair, FileName copy, FileStatus source)
    {
        if (!keeps)
        {
            return null;
        }

        // As cp(1): a file system that knows no such attributes is no reason to fail.
        _ = ExtendedAttributes.Copy(pair.From, pair.Name, pair.To, copy);
        return (source.IsDirectory && (source.Permissions & OwnersAll) != OwnersAll ? Close(pair.To, copy, source.Permissions) : null)
            ?? pair.To.SetTimes(copy, source.Times);
    }

    /// <summary>In seconds: not each file system keeps more.</summary>
    public string? Missing(FileStatus copy, FileStatus source) =>
        keeps && copy.Times.ModifiedSeconds != source.Times.ModifiedSeconds ? "times" : null;

    /// <summary>Makes a directory like another one. Its name appears when it has its owner and mode.</summary>
    public PathTrouble? MakeDirectory(TreePair pair, FileStatus source)
    {
        var temporary = TemporaryName.For(pair.Copy);
        var error = pair.To.MakeDirectory(temporary, OwnersAll);
        if (error is { Number: not Errno.EEXIST })
        {
            return PathTrouble.Of(error);
        }

        error = pair.To.Open(temporary, out var made);
        using (made)
        {
            if ((error ?? made.Status(out _)) is { } unopened)
            {
                return PathTrouble.Of(unopened);
            }

            made.Status(out var status);
            if (status.User != Libc.EffectiveUserId())
            {
                return new PathTrouble($"`{made.Path}` was exchanged by user {status.User} while it was being made");
            }

            var wanted = keeps ? source.Permissions | OwnersAll : (source.Permissions & UsualDirectory) | OwnersAll;
            error = new Traits(OwnerOf(source), null).Put(made.Descriptor, made.Path, wanted) ?? pair.To.Rename(temporary, pair.To, pair.Copy);
            return error is null ? null : PathTrouble.Of(error);
        }
    }

    /// <summary>A directory that its owner may not write to is filled first.</summary>
    private static PosixError? Close(OpenDirectory parent, FileName name, uint mode)
    {
        var error = parent.Open(name, out var directory);
        using (directory)
        {
            return error ?? new Traits(null, null).Put(directory.Descriptor, directory.Path, mode);
        }
    }
}
