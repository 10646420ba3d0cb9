using HookRunner.Host.Os;

namespace HookRunner.Host.Steps.Files;

/// <summary>Makes what is missing of a directory's path: parents 0755, the last one never wider than it shall be.</summary>
internal sealed class DirectoryMaker(Traits traits) : IDisposable
{
    private const uint Usual = 0x1ED;

    private OpenDirectory? _last;

    /// <summary>How many were made.</summary>
    public int Made { get; private set; }

    /// <summary>The mode that the last one shall have, where it was made.</summary>
    public uint LastMode => traits.Mode?.Apply(Usual, isDirectory: true) ?? Usual;

    /// <summary>Makes one. Whatever was made before it is thereby a parent.</summary>
    public PathTrouble? Make(OpenDirectory directory, FileName name)
    {
        if (FinishParent() is { } unfinished)
        {
            return PathTrouble.Of(unfinished);
        }

        var error = directory.MakeDirectory(name, Usual & LastMode) ?? directory.Open(name, out _last);
        if (error is not null)
        {
            return PathTrouble.Of(error);
        }

        Made++;
        return Owned(_last!);
    }

    public void Dispose() => _last?.Dispose();

    /// <summary>Where strangers can write, what is opened might not be what was made.</summary>
    private PathTrouble? Owned(OpenDirectory made)
    {
        if (made.Status(out var status) is { } unknown)
        {
            return PathTrouble.Of(unknown);
        }

        if (status.User != Libc.EffectiveUserId())
        {
            return new PathTrouble($"`{made.Path}` was exchanged by user {status.User} while it was being made");
        }

        return traits.Put(made.Descriptor, made.Path, status.Permissions) is { } error ? PathTrouble.Of(error) : null;
    }

    private PosixError? FinishParent()
    {
        var error = _last is { } parent ? traits.Put(parent.Descriptor, parent.Path, Usual) : null;
        _last?.Dispose();
        _last = null;
        return error;
    }
}
