using HookRunner.Host.Os;
using HookRunner.Host.Releases;

namespace HookRunner.Host.Steps.Files;

/// <summary>
/// Puts a file in its place by one rename: written beside it under another name, complete with owner and mode, flushed,
/// and only then under its own. Whoever reads it sees all of the old or all of the new one.
/// </summary>
internal sealed record FilePlacement(TrustedPlace Place, FileContent Content, Traits Traits)
{
    private const uint OwnerOnly = 0x180;

    /// <summary>What is not as it shall be, in words; empty where all is.</summary>
    public PathTrouble? Compare(out FileStatus? before, out List<string> differences)
    {
        differences = [];
        if (Place.Entry(out before) is { } trouble)
        {
            return trouble;
        }

        var path = Place.Directory.At(Place.Name);
        if (before is not { } status)
        {
            differences.Add("made");
            return null;
        }

        if (!status.IsFile)
        {
            return status.IsLink
                ? new PathTrouble($"`{path}` is a link", "name the file it points to, or `remove:` the link first")
                : new PathTrouble($"`{path}` is {(status.IsDirectory ? "a directory" : "no file")}; expected a file");
        }

        return Compare(path, status, differences) is { } error ? PathTrouble.Of(error) : null;
    }

    /// <summary>Writes it anew, whatever is there. On an error the old file is as it was.</summary>
    public PosixError? Write(FileStatus? before)
    {
        Sweep();
        var temporary = TemporaryName.For(Place.Name);
        var error = Fill(temporary, before) ?? Place.Directory.Rename(temporary, Place.Directory, Place.Name);
        if (error is not null)
        {
            Place.Directory.Unlink(temporary);
        }

        return error;
    }

    private PosixError? Compare(string path, FileStatus status, List<string> differences)
    {
        if (Place.Directory.OpenFile(Place.Name, OpenFlags.ReadOnly | OpenFlags.NonBlocking, 0, out var descriptor) is { } error)
        {
            return error;
        }

        using var file = FileDescriptor.Over(descriptor, path);
        error = Content.Compare(file, out var isSame);
        differences.AddRange(isSame ? [] : ["changed"]);
        differences.AddRange(Traits.Differences(status));
        return error;
    }

    private PosixError? Fill(FileName temporary, FileStatus? before)
    {
        const int flags = OpenFlags.WriteOnly | OpenFlags.Create | OpenFlags.Exclusive;
        var error = Place.Directory.OpenFile(temporary, flags, OwnerOnly, out var descriptor);
        if (error is { Number: Errno.EEXIST })
        {
            error = Place.Directory.Unlink(temporary) ?? Place.Directory.OpenFile(temporary, flags, OwnerOnly, out descriptor);
        }

        if (error is not null)
        {
            return error;
        }

        using var file = FileDescriptor.Over(descriptor, Place.Directory.At(temporary));
        return Content.WriteTo(file) ?? Finished(before).Put(descriptor, file.Path, Mode(before)) ?? file.Sync() ?? file.Close();
    }

    /// <summary>A file that is replaced keeps its owner where none is written.</summary>
    private Traits Finished(FileStatus? before) => before is { } old && Traits.Owner is not { IsWritten: true }
        ? Traits with { Owner = IsOwn(old) ? null : new WantedOwner(old.User, old.Group, IsWritten: false) }
        : Traits;

    private static bool IsOwn(FileStatus status) => status.User == Libc.EffectiveUserId() && status.Group == Libc.EffectiveGroupId();

    private uint Mode(FileStatus? before)
    {
        var current = before?.Permissions ?? Content.UsualMode;
        return Traits.Mode?.Apply(current, isDirectory: false) ?? current;
    }

    private void Sweep()
    {
        if (Place.Directory.List(out var names) is not null)
        {
            return;
        }

        foreach (var name in names.Where(name => TemporaryName.IsStale(name, Place.Name)))
        {
            if (Place.Directory.StatusOf(name, out var status) is null && status.IsFile)
            {
                Place.Directory.Unlink(name);
            }
        }
    }
}
