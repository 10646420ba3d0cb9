using System.Text;

namespace HookRunner.Host.Os;

/// <summary>
/// The directory that holds an entry, opened by a walk from `/` that strangers cannot lead astray: every step is taken
/// relative to the directory before, and a link on the way counts only where it cannot serve as a trap. As root we would
/// otherwise act wherever the user who owns a link points it.
/// </summary>
/// <remarks>
/// A link is followed where root or we own it or its directory. One that belongs to another user is followed too, if
/// it leads into a directory of that same user, where it gains nothing. Where strangers can write, none is.
/// </remarks>
internal sealed class TrustedPlace : IDisposable
{
    private const int MostLinks = 40;

    private readonly LinkedList<byte[]> _ahead = new();
    private readonly HashSet<uint> _linkOwners = [];
    private readonly string _path;
    private OpenDirectory _directory;
    private int _links;

    private TrustedPlace(string path, OpenDirectory root)
    {
        (_path, _directory) = (path, root);
        Push(Encoding.UTF8.GetBytes(path), _ahead.AddLast);
    }

    /// <summary>Open for reading, so that it can be flushed.</summary>
    public OpenDirectory Directory => _directory;

    public FileName Name { get; private set; }

    /// <summary>What stands there: null where nothing does.</summary>
    public PathTrouble? Entry(out FileStatus? status)
    {
        var error = _directory.StatusOf(Name, out var found);
        status = error is null ? found : null;
        return error is null or { Number: Errno.ENOENT } ? null : PathTrouble.Of(error);
    }

    /// <summary>Walks to the directory that holds the last entry of an absolute path; that entry itself need not exist.</summary>
    public static PathTrouble? Find(string path, out TrustedPlace place)
    {
        var error = OpenDirectory.Root(out var root);
        place = new TrustedPlace(path, root);
        var trouble = error is not null ? PathTrouble.Of(error)
            : place._ahead.Last?.Value is null or [(byte)'.', (byte)'.'] ? new PathTrouble($"`{path}` names no entry of a directory")
            : place.Walk();
        if (trouble is not null)
        {
            place.Dispose();
        }

        return trouble;
    }

    public void Dispose() => _directory.Dispose();

    private PathTrouble? Walk()
    {
        while (_ahead.Count > 1)
        {
            var name = new FileName(_ahead.First!.Value);
            _ahead.RemoveFirst();
            if (Step(name) is { } trouble)
            {
                return trouble;
            }
        }

        Name = new FileName(_ahead.First!.Value);
        if (_directory.OpenToRead(out var readable) is { } error)
        {
            readable.Dispose();
            return PathTrouble.Of(error);
        }

        Enter(readable);
        return EndsWhereLinksMayLead();
    }

    private PathTrouble? Step(FileName name)
    {
        if (_directory.StatusOf(name, out var status) is { } unknown)
        {
            return PathTrouble.Of(unknown, unknown.Number == Errno.ENOENT ? $"make it first: `directory: {_directory.At(name)}`" : null);
        }

        if (status.IsLink)
        {
            return Follow(name, status);
        }

        if (_directory.OpenToPass(name, out var next) is { } error)
        {
            next.Dispose();
            return PathTrouble.Of(error);
        }

        Enter(next);
        return null;
    }

    private PathTrouble? Follow(FileName name, FileStatus link)
    {
        if (++_links > MostLinks)
        {
            return PathTrouble.Of(new PosixError($"open {_path}", Errno.ELOOP));
        }

        if (_directory.ReadLink(name, out var target) is { } unread)
        {
            return PathTrouble.Of(unread);
        }

        if (_directory.Status(out var holder) is { } unknown)
        {
            return PathTrouble.Of(unknown);
        }

        if (WriteAccess.Strangers(holder) is { } strangers)
        {
            return new PathTrouble($"`{_directory.At(name)}` is a link in a directory that {strangers} can write to: anyone could point it elsewhere",
                $"name the real path, or take the right away: `chmod go-w {_directory.Path}`");
        }

        if (!IsOurs(holder.User) && !IsOurs(link.User))
        {
            _linkOwners.Add(link.User);
        }

        return target is [(byte)'/', ..] ? Restart(target) : Ahead(target);
    }

    private PathTrouble? Restart(byte[] target)
    {
        if (OpenDirectory.Root(out var root) is { } error)
        {
            return PathTrouble.Of(error);
        }

        Enter(root);
        return Ahead(target);
    }

    private PathTrouble? Ahead(byte[] target)
    {
        LinkedListNode<byte[]>? last = null;
        Push(target, part => last = last is null ? _ahead.AddFirst(part) : _ahead.AddAfter(last, part));
        return null;
    }

    private PathTrouble? EndsWhereLinksMayLead()
    {
        if (_linkOwners.Count == 0)
        {
            return null;
        }

        if (_directory.Status(out var status) is { } error)
        {
            return PathTrouble.Of(error);
        }

        return _linkOwners.All(owner => owner == status.User) ? null : new PathTrouble(
            $"`{_path}` goes through a link of user {_linkOwners.First(owner => owner != status.User)} into `{_directory.Path}`, which is not that user's",
            "name the real path");
    }

    private void Enter(OpenDirectory next)
    {
        _directory.Dispose();
        _directory = next;
    }

    private static bool IsOurs(uint user) => user == 0 || user == Libc.EffectiveUserId();

    private static void Push(byte[] path, Func<byte[], LinkedListNode<byte[]>> add)
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
