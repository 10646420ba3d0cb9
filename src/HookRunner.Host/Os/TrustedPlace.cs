namespace HookRunner.Host.Os;

/// <summary>A directory and the name of an entry in it, reached by a walk that strangers cannot lead astray.</summary>
internal sealed class TrustedPlace : IDisposable
{
    private readonly TrustedWalk _walk;

    private TrustedPlace(TrustedWalk walk) => _walk = walk;

    /// <summary>Open for reading, so that it can be flushed.</summary>
    public OpenDirectory Directory => _walk.Directory;

    public FileName Name => _walk.Last;

    /// <summary>Finds where the last part of an absolute path stands; that entry itself need not exist.</summary>
    /// <param name="make">Makes a directory that is missing on the way; null: that is an error.</param>
    /// <param name="followsLast">Where the last part is a link, what it names is meant.</param>
    public static PathTrouble? Find(
        string path, out TrustedPlace place, Func<OpenDirectory, FileName, PathTrouble?>? make = null, bool followsLast = false)
    {
        var trouble = TrustedWalk.Along(path, followsLast ? LastPart.Followed : LastPart.Kept, make, out var walk);
        place = new TrustedPlace(walk);
        if (trouble is not null)
        {
            walk.Dispose();
        }

        return trouble;
    }

    /// <summary>Enters the directory that an absolute path names. <paramref name="make"/> makes what is missing of it.</summary>
    public static PathTrouble? Enter(string path, Func<OpenDirectory, FileName, PathTrouble?>? make, out OpenDirectory directory)
    {
        var trouble = TrustedWalk.Along(path, LastPart.Entered, make, out var walk);
        directory = walk.Directory;
        if (trouble is not null)
        {
            walk.Dispose();
        }

        return trouble;
    }

    /// <summary>What stands there; null where nothing does.</summary>
    public PathTrouble? Entry(out FileStatus? status)
    {
        var error = Directory.StatusOf(Name, out var found);
        status = error is null ? found : null;
        return error is null or { Number: Errno.ENOENT } ? null : PathTrouble.Of(error);
    }

    public void Dispose() => _walk.Dispose();
}
