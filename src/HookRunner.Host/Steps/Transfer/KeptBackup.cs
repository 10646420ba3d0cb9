using HookRunner.Host.Os;
using HookRunner.Host.Releases;

namespace HookRunner.Host.Steps.Transfer;

/// <summary>
/// `backup: true`: what was there, kept beside it as `NAME.backup`, and there is one: the state before the last run that
/// changed something. A directory is copied whole. A run that ended half-way leaves a sign, so that the next one does not
/// take what is half changed for what was there.
/// </summary>
internal sealed class KeptBackup(OpenDirectory directory, FileName name, Action<string> say, Func<bool> mayGoOn)
{
    private const uint OwnerOnly = 0x180;

    private readonly FileName _sign = new([.. ".hookrunner-changing-"u8, .. name.Bytes[..Math.Min(name.Bytes.Length, 200)]]);

    /// <summary>NAME.backup.</summary>
    public FileName Name { get; } = new([.. name.Bytes, .. ".backup"u8]);

    public bool WasMade { get; private set; }

    /// <summary>Whether a backup can stand there; to be asked before anything is changed.</summary>
    public PathTrouble? Check(FileStatus there)
    {
        if (directory.StatusOf(Name, out var old) is { } error)
        {
            return error.Number == Errno.ENOENT ? null : PathTrouble.Of(error);
        }

        return old.IsDirectory == there.IsDirectory && !old.IsLink ? null : new PathTrouble(
            $"`{directory.At(Name)}` is in the way of the backup: it is {(old.IsLink ? "a link" : old.IsDirectory ? "a directory" : "a file")}",
            "`remove:` or rename it");
    }

    /// <summary>Keeps what is there now, in the place of an older backup.</summary>
    public PathTrouble? Make(FileStatus there)
    {
        if (there.IsDirectory && directory.StatusOf(_sign, out _) is null)
        {
            say($"a run before this one ended half-way: {directory.At(Name)} stays what was there before it");
            return null;
        }

        var half = WorkName.Copy(Name);
        var removal = new TreeRemoval(mayGoOn);
        var error = removal.Remove(directory, half) ?? (there.IsDirectory ? Copy(half) : Link(half)) ?? Swap(half, there, removal)
            ?? directory.Sync() ?? (there.IsDirectory ? SetSign() : null);
        WasMade = error is null;
        return error is null ? null : PathTrouble.Of(error);
    }

    /// <summary>All is as it shall be: the next change has a backup of its own.</summary>
    public void Finish() => directory.Unlink(_sign);

    private PosixError? Copy(FileName half) =>
        new TreeCopy(say, mayGoOn).Copy(directory, name, directory, half) ?? directory.SyncFileSystem();

    /// <summary>A second name costs nothing: the file is replaced, never written to. Where there are none, a copy.</summary>
    private PosixError? Link(FileName half) =>
        directory.Link(name.Bytes.ToArray(), directory, half) is null ? null : Copy(half);

    private PosixError? Swap(FileName half, FileStatus there, TreeRemoval removal)
    {
        if (there.IsDirectory && directory.StatusOf(Name, out _) is null)
        {
            return directory.Exchange(half, directory, Name) is null
                ? removal.Remove(directory, half)
                : removal.Remove(directory, Name) ?? directory.Rename(half, directory, Name);
        }

        var error = directory.Rename(half, directory, Name);

        // Two names of one file: a rename of one to the other does nothing (rename(2)).
        directory.Unlink(half);
        return error;
    }

    private PosixError? SetSign()
    {
        var error = directory.OpenFile(_sign, OpenFlags.WriteOnly | OpenFlags.Create, OwnerOnly, out var descriptor);
        FileDescriptor.Over(descriptor, directory.At(_sign)).Dispose();
        return error;
    }
}
