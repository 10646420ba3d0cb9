using System.Text;
using HookRunner.Host.Os;
using static HookRunner.Host.Releases.LinkSwitchResult;

namespace HookRunner.Host.Releases;

/// <summary>
/// Points a link elsewhere at one instant and for good: a reader sees the old or the new target, never nothing, and
/// after a power cut the link is one of the two and the new target whole. What it points to is flushed first, then a new
/// link beside it renamed over it, then the directory flushed, then it is read back.
/// </summary>
internal static class AtomicLink
{
    public static LinkSwitchResult Switch(LinkSwitch request)
    {
        if (TrustedPlace.Find(request.Path, out var place) is { } trouble)
        {
            return Refused.Of(trouble);
        }

        using (place)
        {
            return Switch(request, place);
        }
    }

    /// <summary>Removes the temporary links of runs that died beside this one.</summary>
    public static void Sweep(OpenDirectory directory, FileName link)
    {
        if (directory.List(out var names) is not null)
        {
            return;
        }

        foreach (var name in names.Where(name => TemporaryName.IsStale(name, link)))
        {
            if (directory.StatusOf(name, out var status) is null && status.IsLink)
            {
                directory.Unlink(name);
            }
        }
    }

    /// <summary>Whoever can replace the link could serve what he likes.</summary>
    public static Refused? Strangers(OpenDirectory directory)
    {
        if (directory.Status(out var status) is { } error)
        {
            return Refused.Of(error);
        }

        return WriteAccess.Strangers(status) is { } strangers
            ? new Refused(
                $"{strangers} can write to `{directory.Path}` and replace a link there",
                $"take the right away: `chmod go-w {directory.Path}`")
            : null;
    }

    private static LinkSwitchResult Switch(LinkSwitch request, TrustedPlace place)
    {
        if (Strangers(place.Directory) is { } strangers)
        {
            return strangers;
        }

        if (LinkTarget.Find(request, out var target) is { } missing)
        {
            return missing;
        }

        if (place.Entry(out var entry) is { } trouble)
        {
            return Refused.Of(trouble);
        }

        return entry switch
        {
            null => Replace(request, place, target, null),
            { IsLink: true } link => Repoint(request, place, target, link),
            { IsDirectory: true } => AdoptedDirectory.Replace(request, place, target),
            _ => new Refused($"`{request.Path}` is no link but a file", $"move it away: `mv {request.Path} {request.Path}.old`"),
        };
    }

    private static LinkSwitchResult Repoint(LinkSwitch request, TrustedPlace place, LinkTarget target, FileStatus link)
    {
        if (place.Directory.ReadLink(place.Name, out var before) is { } error)
        {
            return Refused.Of(error);
        }

        if (before.AsSpan().SequenceEqual(Encoding.UTF8.GetBytes(request.Target)))
        {
            // A run that was cut off after its rename may not have come to this.
            return place.Directory.Sync() is { } unflushed ? Refused.Of(unflushed) : new AlreadySo();
        }

        return Replace(request, place, target, (before, link));
    }

    private static LinkSwitchResult Replace(LinkSwitch request, TrustedPlace place, LinkTarget target, (byte[] Text, FileStatus Status)? before)
    {
        Sweep(place.Directory, place.Name);
        if (target.Flush() is { } unflushed)
        {
            return Refused.Of(unflushed, "the link was not touched");
        }

        if (Put(place, Encoding.UTF8.GetBytes(request.Target), before?.Status) is { } error)
        {
            return Refused.Of(error, Hint(error, place.Directory.Path));
        }

        if (place.Directory.Sync() is { } unsynced)
        {
            return Refused.Of(unsynced, "the link points to the new target already, but may not outlive a power cut");
        }

        if (target.IsAt(request.Path))
        {
            return new Switched(before is { } known ? Encoding.UTF8.GetString(known.Text) : null);
        }

        return GoBack(request, place, before);
    }

    /// <summary>The one rename that counts. On an error nothing has changed.</summary>
    private static PosixError? Put(TrustedPlace place, byte[] text, FileStatus? before)
    {
        var temporary = TemporaryName.For(place.Name);
        if (MakeLink(place.Directory, temporary, text) is { } unmade)
        {
            return unmade;
        }

        var error = KeepOwner(place.Directory, temporary, before) ?? place.Directory.Rename(temporary, place.Directory, place.Name);
        if (error is not null)
        {
            place.Directory.Unlink(temporary);
        }

        return error;
    }

    private static PosixError? MakeLink(OpenDirectory directory, FileName name, byte[] text)
    {
        var error = directory.Symlink(name, text);
        return error is { Number: Errno.EEXIST } ? directory.Unlink(name) ?? directory.Symlink(name, text) : error;
    }

    /// <summary>A web server may serve links only where owner of link and target agree (SymLinksIfOwnerMatch).</summary>
    private static PosixError? KeepOwner(OpenDirectory directory, FileName name, FileStatus? before) =>
        before is { } old && Libc.EffectiveUserId() == 0 && (old.User, old.Group) != (0, 0)
            ? directory.ChangeOwner(name, old.User, old.Group)
            : null;

    private static Refused GoBack(LinkSwitch request, TrustedPlace place, (byte[] Text, FileStatus Status)? before)
    {
        var error = (before is { } known ? Put(place, known.Text, known.Status) : place.Directory.Unlink(place.Name)) ?? place.Directory.Sync();
        return new Refused(
            $"`{request.Path}` -> `{request.Target}` does not lead where `{request.Target}` led before it was made",
            error is null ? "it points to itself? The link is as it was" : $"and it could not be set back: {error}");
    }

    private static string? Hint(PosixError error, string directory) => error.Number switch
    {
        Errno.EROFS => $"`{directory}` is on a read-only file system; the link is as it was",
        Errno.EACCES => $"hookrunner's user may not write to `{directory}`; the link is as it was",
        Errno.EPERM => $"is `{directory}` or the link immutable (`lsattr -d`)? The link is as it was",
        Errno.EBUSY => "is it a mount point? The link is as it was",
        Errno.EISDIR or Errno.ENOTEMPTY or Errno.EEXIST => "a directory came in its place meanwhile; the link is not there",
        _ => null,
    };
}
