using System.Globalization;
using HookRunner.Host.Os;

namespace HookRunner.Simulation.Sandboxing;

/// <summary>
/// Where all changes of a simulation go: memory, mounted inside the sandbox only, so that nothing is left when its last
/// process ends, however that ends.
/// </summary>
/// <param name="place">The directory that it covers; what was there is out of sight.</param>
internal sealed class SandboxStore(string place, SandboxKind kind)
{
    private const uint DirectoryMode = 0x1ED;

    private int _count;

    public SandboxKind Kind => kind;

    /// <summary>Where the new root is built.</summary>
    public string Root { get; } = Path.Join(place, "root");

    /// <summary>Directories of the machine that could not be overlaid and are read-only, or not there at all.</summary>
    public List<string> Unchangeable { get; } = [];

    /// <summary>Covers a directory that nothing of <paramref name="needed"/> lies in.</summary>
    public static PosixError? Open(IReadOnlyList<string> needed, SandboxKind kind, out SandboxStore store)
    {
        string[] candidates = ["/run", "/mnt", "/media", "/srv", "/var/tmp", "/tmp"];
        var place = Array.Find(candidates, item => Directory.Exists(item) && !needed.Any(path => new MountPoint(path, "").IsWithin(item)));
        store = new SandboxStore(place ?? candidates[0], kind);
        return Mounts.New("tmpfs", place ?? candidates[0], "mode=0755") ?? PosixPath.MakeDirectory(store.Root, DirectoryMode);
    }

    public string InRoot(string path) => path == "/" ? Root : Path.Join(Root, path);

    /// <summary>
    /// Shows a directory of the machine at its place under the new root; what is changed there is changed in memory. Where
    /// its file system cannot be under an overlay, it is shown read-only.
    /// </summary>
    /// <param name="prepare">What to put into the still empty upper layer.</param>
    public PosixError? Cover(string directory, Action<string>? prepare = null)
    {
        var number = (_count++).ToString(CultureInfo.InvariantCulture);
        var (upper, work) = (Path.Join(place, "upper" + number), Path.Join(place, "work" + number));
        if ((PosixPath.MakeDirectory(upper, DirectoryMode) ?? PosixPath.MakeDirectory(work, DirectoryMode) ?? Mounts.EnterDirectory(directory)) is { } error)
        {
            return error;
        }

        CopyStatus(directory, upper);
        prepare?.Invoke(upper);
        if (Overlay(InRoot(directory), upper, work) is not { } refused)
        {
            return null;
        }

        return directory == "/" ? refused : ShowReadOnly(directory);
    }

    /// <summary>The top of an overlay looks as its upper layer does.</summary>
    public void CopyStatus(string from, string to)
    {
        if (FileStatus.Followed(from, out var status) is null)
        {
            _ = kind == SandboxKind.User ? null : PosixPath.ChangeOwner(to, status.User, status.Group);
            _ = PosixPath.ChangeMode(to, status.Permissions);
        }
    }

    /// <summary>A directory from the lower layer can be renamed only with redirects, which a user namespace may not have.</summary>
    private PosixError? Overlay(string target, string upper, string work) =>
        Mounts.Overlay(target, upper, work, kind == SandboxKind.User ? ",userxattr" : ",redirect_dir=on") is null
            ? null
            : Mounts.Overlay(target, upper, work, "");

    private PosixError? ShowReadOnly(string directory)
    {
        Unchangeable.Add(directory);
        var target = InRoot(directory);
        var isBound = Mounts.Bind(directory, target) is null;
        // Better nothing than a directory that the hooks would change for real.
        return isBound && Mounts.MakeReadOnly(target) is not null ? Mounts.Unmount(target) : null;
    }
}
