using System.Globalization;
using System.Runtime.InteropServices;
using HookRunner.Core.Values;
using HookRunner.Host.Os;

namespace HookRunner.Host.Steps.Files;

/// <summary>
/// Gives an entry, and all below it, an owner and modes where they differ. Nothing is changed by a name that may have
/// changed hands, and no link is followed: a link itself gets the owner.
/// </summary>
internal sealed class TreeTraits(WantedOwner? owner, UnixMode? fileMode, UnixMode? directoryMode, Func<bool> mayGoOn)
{
    private const int EmptyPath = 0x1000;

    /// <summary>Where the kernel lets users give a second name only to files of their own (proc(5)).</summary>
    private static readonly Lazy<bool> HardLinksAreProtected = new(() => ProcFile.ReadAll("/proc/sys/fs/protected_hardlinks") is [(byte)'1', ..]);

    public int Changed { get; private set; }

    public int Seen { get; private set; }

    /// <summary>Whether a second name of a file can be taken for its owner's will: this kernel's setting, unless a test says.</summary>
    public bool TrustsSecondNames { get; init; } = HardLinksAreProtected.Value;

    /// <summary>False: only the entry itself.</summary>
    public bool IsRecursive { get; init; } = true;

    public PathTrouble? Put(OpenDirectory parent, FileName name)
    {
        if (!mayGoOn())
        {
            return PathTrouble.Of(new PosixError($"chown {parent.At(name)}", Errno.EINTR));
        }

        if (parent.StatusOf(name, out var status) is { } unknown)
        {
            return PathTrouble.Of(unknown);
        }

        Seen++;
        return status.IsDirectory ? Directory(parent, name) : Leaf(parent, name, status);
    }

    private PathTrouble? Directory(OpenDirectory parent, FileName name)
    {
        var error = parent.Open(name, out var directory);
        using (directory)
        {
            if ((error ?? directory.Status(out _)) is { } unopened)
            {
                return PathTrouble.Of(unopened);
            }

            return (IsRecursive ? Below(directory) : null) ?? Itself(directory);
        }
    }

    private PathTrouble? Below(OpenDirectory directory)
    {
        if (directory.List(out var names) is { } unlisted)
        {
            return PathTrouble.Of(unlisted);
        }

        return names.Select(name => Put(directory, name)).FirstOrDefault(trouble => trouble is not null);
    }

    private PathTrouble? Itself(OpenDirectory directory)
    {
        if (directory.Status(out var status) is { } unknown)
        {
            return PathTrouble.Of(unknown);
        }

        var traits = new Traits(owner, directoryMode);
        if (traits.Differences(status).Count == 0)
        {
            return null;
        }

        Changed++;
        return traits.Amend(directory.Descriptor, directory.Path, status) is { } error ? PathTrouble.Of(error) : null;
    }

    private PathTrouble? Leaf(OpenDirectory parent, FileName name, FileStatus status)
    {
        var traits = new Traits(owner, status.IsFile ? fileMode : null);
        if (traits.Differences(status).Count == 0)
        {
            return null;
        }

        if (parent.OpenFile(name, OpenFlags.PathOnly, 0, out var descriptor) is { } unopened)
        {
            return PathTrouble.Of(unopened);
        }

        using var entry = FileDescriptor.Over(descriptor, parent.At(name));
        return FileStatus.OfDescriptor(descriptor, entry.Path, out var found) is { } unknown ? PathTrouble.Of(unknown)
            : !found.IsSameFileAs(status) ? new PathTrouble($"`{entry.Path}` was exchanged while it was being changed")
            : Planted(parent, entry.Path, found) ?? Amend(entry, found);
    }

    private PathTrouble? Amend(FileDescriptor entry, FileStatus status)
    {
        Changed++;
        if (owner is { IsWritten: true } && (owner.User, owner.Group) != (status.User, status.Group)
            && Libc.ChangeOwnerAt(entry.Number, "", owner.User, owner.Group, EmptyPath) < 0)
        {
            return PathTrouble.Of(new PosixError($"chown {entry.Path}", Marshal.GetLastPInvokeError()));
        }

        // A descriptor that only names a file cannot be given a mode; through /proc it has a path (open(2), O_PATH).
        return status.IsFile && fileMode?.Apply(status.Permissions, isDirectory: false) is { } mode
            && PosixPath.ChangeMode(string.Create(CultureInfo.InvariantCulture, $"/proc/self/fd/{entry.Number}"), mode) is { } error
            ? PathTrouble.Of(error with { Call = $"chmod {entry.Path}" })
            : null;
    }

    /// <summary>A user could give a file of another a second name in a directory of their own, and so be given the file.</summary>
    private PathTrouble? Planted(OpenDirectory parent, string path, FileStatus status) =>
        status.Links > 1 && !TrustsSecondNames && parent.Status(out var holder) is null
            && holder.User != 0 && holder.User != status.User
            ? new PathTrouble(
                $"`{path}` belongs to user {status.User}, has another name elsewhere, and stands in a directory of user {holder.User}",
                "it might be anyone's file: copy it, or set the sysctl fs.protected_hardlinks to 1")
            : null;
}
