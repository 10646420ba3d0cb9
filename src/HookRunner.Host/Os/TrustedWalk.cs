using System.Text;

namespace HookRunner.Host.Os;

/// <summary>
/// Goes along a path from `/`, each step relative to the directory before, so that nobody can exchange a part that has
/// been passed. Links are followed as <see cref="LinkTrust"/> allows.
/// </summary>
internal sealed class TrustedWalk : IDisposable
{
    private const int MostLinks = 40;

    private readonly LinkedList<byte[]> _ahead = new();
    private readonly LinkTrust _trust = new();
    private readonly string _path;
    private int _links;

    private TrustedWalk(string path, OpenDirectory root) => (_path, Directory) = (path, root);

    /// <summary>Where the walk stands; to be read and flushed once it has arrived.</summary>
    public OpenDirectory Directory { get; private set; }

    /// <summary>The last part of the path, where the walk ends before it.</summary>
    public FileName Last { get; private set; }

    /// <summary>What makes a directory that is missing on the way; null: that is an error.</summary>
    public Func<OpenDirectory, FileName, PathTrouble?>? Make { get; init; }

    private bool FollowsLast { get; init; }

    /// <summary>Ready to walk along an absolute path; <paramref name="last"/>: what its last part is.</summary>
    public static PathTrouble? Along(string path, LastPart last, Func<OpenDirectory, FileName, PathTrouble?>? make, out TrustedWalk walk)
    {
        var error = OpenDirectory.Root(out var root);
        walk = new TrustedWalk(path, root) { Make = make, FollowsLast = last == LastPart.Followed };
        if (error is not null)
        {
            return PathTrouble.Of(error);
        }

        Add(Encoding.UTF8.GetBytes(path), walk._ahead.AddLast);
        if (last == LastPart.Entered)
        {
            walk._ahead.AddLast([]);
        }

        return walk._ahead.Last?.Value is null or [(byte)'.', (byte)'.']
            ? new PathTrouble($"`{path}` names no entry of a directory")
            : walk.ToLast();
    }

    public void Dispose() => Directory.Dispose();

    private PathTrouble? ToLast()
    {
        while (_ahead.Count > 1 || (FollowsLast && _ahead.First is { } next && IsLink(next.Value)))
        {
            var name = new FileName(_ahead.First!.Value);
            _ahead.RemoveFirst();
            if (Step(name) is { } trouble)
            {
                return trouble;
            }
        }

        if (_ahead.First is not { Value: var last } || last is [(byte)'.', (byte)'.'])
        {
            return new PathTrouble($"`{_path}` names no entry of a directory");
        }

        Last = new FileName(last);
        var error = Directory.OpenToRead(out var readable);
        Enter(readable, error);
        return error is null ? _trust.Arrive(_path, Directory) : PathTrouble.Of(error);
    }

    private bool IsLink(byte[] name) => Directory.StatusOf(new FileName(name), out var status) is null && status.IsLink;

    private PathTrouble? Step(FileName name)
    {
        var unknown = Directory.StatusOf(name, out var status);
        if (unknown is { Number: Errno.ENOENT } && Make is not null)
        {
            return Make(Directory, name) ?? Pass(name);
        }

        if (unknown is not null)
        {
            return PathTrouble.Of(unknown, unknown.Number == Errno.ENOENT ? $"make it first: `directory: {Directory.At(name)}`" : null);
        }

        return status.IsLink ? Follow(name, status) : Pass(name);
    }

    private PathTrouble? Pass(FileName name)
    {
        var error = Directory.OpenToPass(name, out var next);
        Enter(next, error);
        return error is null ? null : PathTrouble.Of(error, error.Number == Errno.ENOTDIR ? "expected a directory" : null);
    }

    private PathTrouble? Follow(FileName name, FileStatus link)
    {
        if (++_links > MostLinks)
        {
            return PathTrouble.Of(new PosixError($"open {_path}", Errno.ELOOP));
        }

        if (_trust.Meet(Directory, name, link) is { } refused)
        {
            return refused;
        }

        if (Directory.ReadLink(name, out var target) is { } error)
        {
            return PathTrouble.Of(error);
        }

        LinkedListNode<byte[]>? last = null;
        Add(target, part => last = last is null ? _ahead.AddFirst(part) : _ahead.AddAfter(last, part));
        return target is [(byte)'/', ..] ? Restart() : null;
    }

    private PathTrouble? Restart()
    {
        var error = OpenDirectory.Root(out var root);
        Enter(root, error);
        return error is null ? null : PathTrouble.Of(error);
    }

    private void Enter(OpenDirectory next, PosixError? error)
    {
        var left = error is null ? Directory : next;
        Directory = error is null ? next : Directory;
        left.Dispose();
    }

    private static void Add(byte[] path, Func<byte[], LinkedListNode<byte[]>> add)
    {
        foreach (var part in path.AsSpan().Split((byte)'/'))
        {
            if (path.AsSpan(part) is { Length: > 0 } name && !name.SequenceEqual("."u8))
            {
                add(name.ToArray());
            }
        }
    }
}

/// <summary>What a walk does at the last part of its path.</summary>
internal enum LastPart
{
    /// <summary>Stops before it, whatever it is.</summary>
    Kept,

    /// <summary>Stops before what it names, where it is a link.</summary>
    Followed,

    /// <summary>Enters it.</summary>
    Entered,
}
