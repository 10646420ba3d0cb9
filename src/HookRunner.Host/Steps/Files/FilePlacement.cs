using HookRunner.Core.Values;
using HookRunner.Host.Os;
using HookRunner.Host.Releases;

namespace HookRunner.Host.Steps.Files;

/// <summary>
/// Puts a file in its place by one rename: written beside it under another name, complete with owner and mode, flushed,
/// and only then under its own. Whoever reads it sees all of the old or all of the new one.
/// </summary>
internal sealed record FilePlacement(OpenDirectory Directory, FileName Name, FileContent Content, Traits Traits)
{
    private const uint OwnerOnly = 0x180;

    private const uint OwnerExecutable = 0x40, Executable = 0x49, Readable = 0x124;

    /// <summary>Then what killed runs left is swept for all of a directory at once.</summary>
    public bool IsOneOfMany { get; init; }

    /// <summary>False where what flushes it comes later.</summary>
    public bool Flushes { get; init; } = true;

    /// <summary>What else the file gets before its name appears: times, extended attributes.</summary>
    public Func<FileName, PosixError?>? Finish { get; init; }

    /// <summary>What else may be not as it shall be, in a word; null where all is.</summary>
    public Func<FileStatus, string?>? Missing { get; init; }

    /// <summary>What is not as it shall be, in words; empty where all is.</summary>
    public PathTrouble? Compare(out FileStatus? before, out List<string> differences)
    {
        differences = [];
        var unknown = Directory.StatusOf(Name, out var found);
        before = unknown is null ? found : null;
        if (unknown is { Number: not Errno.ENOENT })
        {
            return PathTrouble.Of(unknown);
        }

        var path = Directory.At(Name);
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
        if (!IsOneOfMany)
        {
            Sweep();
        }

        var temporary = TemporaryName.For(Name);
        var error = Fill(temporary, before) ?? Directory.Rename(temporary, Directory, Name);
        if (error is not null)
        {
            Directory.Unlink(temporary);
        }

        return error;
    }

    /// <summary>A file that is replaced keeps its mode, but is a program where its source is one.</summary>
    public uint Mode(FileStatus? before)
    {
        var current = before is not { } old ? Content.UsualMode
            : Content.IsExecutable is not { } isExecutable || isExecutable == ((old.Permissions & OwnerExecutable) != 0) ? old.Permissions
            : isExecutable ? old.Permissions | OwnerExecutable | ((old.Permissions & Readable) >> 2)
            : old.Permissions & ~Executable;
        return Traits.Mode?.Apply(current, isDirectory: false) ?? current;
    }

    private PosixError? Compare(string path, FileStatus status, List<string> differences)
    {
        if (Directory.OpenFile(Name, OpenFlags.ReadOnly | OpenFlags.NonBlocking, 0, out var descriptor) is { } error)
        {
            return error;
        }

        using var file = FileDescriptor.Over(descriptor, path);
        error = Content.Compare(file, out var isSame);
        differences.AddRange(isSame ? [] : ["changed"]);
        differences.AddRange((Traits with { Mode = new UnixMode("", Mode(status)) }).Differences(status));
        differences.AddRange(Missing?.Invoke(status) is { } missing ? [missing] : []);
        return error;
    }

    private PosixError? Fill(FileName temporary, FileStatus? before)
    {
        const int flags = OpenFlags.WriteOnly | OpenFlags.Create | OpenFlags.Exclusive;
        var error = Directory.OpenFile(temporary, flags, OwnerOnly, out var descriptor);
        if (error is { Number: Errno.EEXIST })
        {
            error = Directory.Unlink(temporary) ?? Directory.OpenFile(temporary, flags, OwnerOnly, out descriptor);
        }

        if (error is not null)
        {
            return error;
        }

        using var file = FileDescriptor.Over(descriptor, Directory.At(temporary));
        return Content.WriteTo(file) ?? Finished(before).Put(descriptor, file.Path, Mode(before)) ?? Finish?.Invoke(temporary)
            ?? (Flushes ? file.Sync() : null) ?? file.Close();
    }

    /// <summary>A file that is replaced keeps its owner where none is written.</summary>
    private Traits Finished(FileStatus? before) => before is { } old && Traits.Owner is not { IsWritten: true }
        ? Traits with { Owner = IsOwn(old) ? null : new WantedOwner(old.User, old.Group, IsWritten: false) }
        : Traits;

    private static bool IsOwn(FileStatus status) => status.User == Libc.EffectiveUserId() && status.Group == Libc.EffectiveGroupId();

    /// <summary>Removes what a run that was killed left of this file.</summary>
    private void Sweep()
    {
        if (Directory.List(out var names) is not null)
        {
            return;
        }

        foreach (var name in names.Where(name => TemporaryName.IsStale(name, Name)))
        {
            if (Directory.StatusOf(name, out var status) is null && status.IsFile)
            {
                Directory.Unlink(name);
            }
        }
    }
}
