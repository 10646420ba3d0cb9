using HookRunner.Host.Os;

namespace HookRunner.Host.Releases;

/// <summary>
/// Copies a tree with all it has: modes, owners, times, extended attributes, links, holes, and hard links among its own
/// files. What is copied is not whole before <see cref="Copy"/> is done: its name is one of <see cref="WorkName"/> until then.
/// </summary>
/// <param name="Say">Told of progress each ten seconds.</param>
/// <param name="MayGoOn">Asked often: false ends it with EINTR.</param>
internal sealed record TreeCopy(Action<string> Say, Func<bool> MayGoOn)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private readonly Dictionary<(ulong Device, ulong Inode), byte[]> _linked = [];
    private readonly List<byte[]> _below = [];
    private OpenDirectory? _top;
    private long _saidAt = TimeProvider.System.GetTimestamp();
    private long _bytes;
    private int _entries;

    /// <summary>Attributes that the target's file system or our rights did not let us keep.</summary>
    public int AttributesLost { get; private set; }

    /// <summary>Copies one entry to a free name.</summary>
    public PosixError? Copy(OpenDirectory from, FileName name, OpenDirectory to, FileName copy)
    {
        _top = to;
        return from.StatusOf(name, out var status) ?? Entry(new TreePair(from, name, to, copy), status);
    }

    private PosixError? Entry(TreePair pair, FileStatus status)
    {
        if (!MayGoOn())
        {
            return new PosixError($"copy {pair.From.At(pair.Name)}", Errno.EINTR);
        }

        _below.Add(pair.Copy.Bytes.ToArray());
        Progress();
        var error = status.IsDirectory ? Directory(pair, status)
            : status.Links > 1 && _linked.TryGetValue((status.Device, status.Inode), out var first) ? _top!.Link(first, pair.To, pair.Copy)
            : Leaf(pair, status);
        _below.RemoveAt(_below.Count - 1);
        return error;
    }

    private PosixError? Directory(TreePair pair, FileStatus status)
    {
        const uint ownerOnly = 0x1C0;
        var error = pair.From.Open(pair.Name, out var source);
        using (source)
        {
            error ??= pair.To.MakeDirectory(pair.Copy, ownerOnly);
            if (error is not null)
            {
                return error;
            }

            error = pair.To.Open(pair.Copy, out var target);
            using (target)
            {
                error ??= Entries(source, target);
            }
        }

        return error ?? Dress(pair, status);
    }

    private PosixError? Entries(OpenDirectory source, OpenDirectory target)
    {
        if (source.List(out var names) is { } unlisted)
        {
            return unlisted;
        }

        foreach (var name in names)
        {
            if ((source.StatusOf(name, out var status) ?? Entry(new TreePair(source, name, target, name), status)) is { } error)
            {
                return error;
            }
        }

        return null;
    }

    private PosixError? Leaf(TreePair pair, FileStatus status)
    {
        var error = status.IsLink ? Link(pair)
            : status.IsFile ? File(pair, status)
            : pair.To.MakeNode(pair.Copy, status.Mode, status.SpecialDevice);
        if (error is null && status.Links > 1)
        {
            _linked[(status.Device, status.Inode)] = [.. _below.SelectMany((part, i) => i == 0 ? part : [(byte)'/', .. part])];
        }

        return error ?? Dress(pair, status);
    }

    private static PosixError? Link(TreePair pair) => pair.From.ReadLink(pair.Name, out var text) ?? pair.To.Symlink(pair.Copy, text);

    private PosixError? File(TreePair pair, FileStatus status)
    {
        const uint ownerOnly = 0x180;
        const int create = OpenFlags.WriteOnly | OpenFlags.Create | OpenFlags.Exclusive;
        if (pair.From.OpenFile(pair.Name, OpenFlags.ReadOnly, 0, out var source) is { } unread)
        {
            return unread;
        }

        using var from = FileDescriptor.Over(source, pair.From.At(pair.Name));
        if (pair.To.OpenFile(pair.Copy, create, ownerOnly, out var target) is { } unmade)
        {
            return unmade;
        }

        using var to = FileDescriptor.Over(target, pair.To.At(pair.Copy));
        _bytes += status.Size;
        return new FileData(from, to, MayGoOn).Copy(status.Size) ?? to.Close();
    }

    /// <summary>Owner before mode, because chown takes set-id bits away; times last.</summary>
    private PosixError? Dress(TreePair pair, FileStatus status)
    {
        // In a simulation without rights of its own most owners of this machine are nobody that could be named.
        var isNamed = IdentityMap.HasUser(status.User) && IdentityMap.HasGroup(status.Group);
        var error = isNamed ? pair.To.ChangeOwner(pair.Copy, status.User, status.Group) : null;
        if (error is { Number: Errno.EPERM } && Libc.EffectiveUserId() != 0)
        {
            error = null;
        }

        AttributesLost += ExtendedAttributes.Copy(pair.From, pair.Name, pair.To, pair.Copy) ? 0 : 1;
        return error
            ?? (status.IsLink ? null : pair.To.ChangeMode(pair.Copy, status.Permissions))
            ?? pair.To.SetTimes(pair.Copy, status.Times);
    }

    private void Progress()
    {
        _entries++;
        if (TimeProvider.System.GetElapsedTime(_saidAt) >= Interval)
        {
            _saidAt = TimeProvider.System.GetTimestamp();
            Say($"copied {_entries:N0} entries, {_bytes / 1_000_000:N0} MB so far");
        }
    }
}
