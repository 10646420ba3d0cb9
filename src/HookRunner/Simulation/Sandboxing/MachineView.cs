using System.Collections.Immutable;
using HookRunner.Host.Os;

namespace HookRunner.Simulation.Sandboxing;

/// <summary>The machine's own files under the new root, each change kept in memory.</summary>
internal sealed class MachineView(SandboxStore store, ImmutableArray<MountPoint> mounts)
{
    /// <summary>What gets its own content, and no copy of the machine's.</summary>
    private static readonly string[] OwnContent = ["/proc", "/sys", "/dev", "/run"];

    private const long LargestCopy = 1 << 20;

    private readonly ImmutableArray<MountPoint> _mounts =
        [.. mounts.Where(mount => mount.HoldsFiles && mount.Path != "/" && !IsReplaced(mount.Path))];

    /// <summary>Whether the sandbox has its own of the directory that this lies in.</summary>
    public static bool IsReplaced(string path) => Array.Exists(OwnContent, new MountPoint(path, "").IsWithin);

    public PosixError? Build() => store.Kind == SandboxKind.User ? BuildByParts() : BuildAsWhole();

    /// <summary>One overlay over `/`, and one more over each file system that is mounted in it.</summary>
    private PosixError? BuildAsWhole()
    {
        if (store.Cover("/") is { } error)
        {
            return error;
        }

        foreach (var mount in _mounts.Where(mount => Path.Exists(store.InRoot(mount.Path))))
        {
            _ = Directory.Exists(mount.Path) ? store.Cover(mount.Path) : ShowFile(mount.Path);
        }

        return null;
    }

    /// <summary>
    /// In a user namespace a directory with mounts in it cannot be under an overlay (they are locked to it), `/` least of
    /// all: such a one is made anew, and its entries are shown one by one.
    /// </summary>
    private PosixError? BuildByParts()
    {
        var error = Mounts.New("tmpfs", store.Root, "mode=0755");
        foreach (var entry in new DirectoryInfo("/").EnumerateFileSystemInfos())
        {
            error ??= Array.Exists(OwnContent, item => item == entry.FullName) ? null : Show(entry);
        }

        return error;
    }

    private PosixError? Show(FileSystemInfo entry)
    {
        var target = store.InRoot(entry.FullName);
        if (entry.LinkTarget is { } link)
        {
            return PosixPath.Symlink(link, target);
        }

        if (entry is not DirectoryInfo)
        {
            return ShowFile(entry.FullName);
        }

        _ = PosixPath.MakeDirectory(target, 0x1ED);
        if (!CanList(entry.FullName))
        {
            return null;
        }

        store.CopyStatus(entry.FullName, target);
        return _mounts.Any(mount => mount.Path != entry.FullName && mount.IsWithin(entry.FullName))
            ? ShowEntries((DirectoryInfo)entry)
            : store.Cover(entry.FullName, upper => OwnedDirectories.Make(entry.FullName, upper));
    }

    private PosixError? ShowEntries(DirectoryInfo directory)
    {
        PosixError? error = null;
        foreach (var entry in directory.EnumerateFileSystemInfos())
        {
            error ??= Show(entry);
        }

        return error;
    }

    private static bool CanList(string directory)
    {
        const int readAndSearch = 4 | 1;
        return Libc.Access(directory, readAndSearch) == 0;
    }

    /// <summary>
    /// Files that a container runtime mounts one by one (/etc/resolv.conf) and files beside a mount: small ones as copies,
    /// large ones read-only. What this user cannot read is left out.
    /// </summary>
    private PosixError? ShowFile(string path)
    {
        var target = store.InRoot(path);
        if (FileStatus.Followed(path, out var status) is not null || !status.IsFile)
        {
            return null;
        }

        try
        {
            if (status.Size < LargestCopy)
            {
                File.Copy(path, target, overwrite: true);
                return null;
            }

            File.WriteAllBytes(target, []);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }

        return Mounts.Bind(path, target) ?? Mounts.MakeReadOnly(target);
    }
}
