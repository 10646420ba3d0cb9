using System.Globalization;
using System.Text;
using HookRunner.Host.Os;
using static HookRunner.Host.Releases.LinkSwitchResult;

namespace HookRunner.Host.Releases;

/// <summary>A real directory where the link shall be: refused, or exchanged with the link at one instant and kept.</summary>
internal static class AdoptedDirectory
{
    private const uint Open = 0x1ED;

    public static LinkSwitchResult Replace(LinkSwitch request, TrustedPlace place, LinkTarget target)
    {
        if (request.AdoptInto is not { } releases)
        {
            return new Refused($"`{request.Path}` is a real directory, not a link",
                $"`adopt: true` keeps it and puts the link in its place without a gap; by hand: `mv {request.Path} {request.Path}.old`");
        }

        if ((target.Flush() ?? PosixPath.MakeDirectories(releases, Open)) is { } error)
        {
            return Refused.Of(error, "nothing was touched");
        }

        if (TrustedPlace.Find($"{releases}/base", out var kept) is { } trouble)
        {
            return Refused.Of(trouble);
        }

        using (kept)
        {
            return AtomicLink.Strangers(kept.Directory) is { } strangers ? strangers : Exchange(request, place, kept);
        }
    }

    /// <summary>
    /// The link is made where the directory is to be kept; then each takes the other's place. A run killed before that
    /// leaves a link there, which the next one replaces.
    /// </summary>
    private static LinkSwitchResult Exchange(LinkSwitch request, TrustedPlace place, TrustedPlace kept)
    {
        var name = FreeName(kept);
        var error = kept.Directory.Symlink(name, Encoding.UTF8.GetBytes(request.Target));
        if (error is not null)
        {
            return Refused.Of(error);
        }

        error = place.Directory.Exchange(place.Name, kept.Directory, name);
        if (error is not null)
        {
            kept.Directory.Unlink(name);
            return Refused.Of(error, Hint(error));
        }

        error = place.Directory.Sync() ?? kept.Directory.Sync();
        return error is null ? new Adopted(kept.Directory.At(name)) : Refused.Of(error, "the link is there, but may not outlive a power cut");
    }

    /// <summary>`base`, else `base.2` and so on. A link of that name is what a killed run left.</summary>
    private static FileName FreeName(TrustedPlace kept)
    {
        var name = kept.Name;
        for (var i = 2; ; i++)
        {
            if (kept.Directory.StatusOf(name, out var status) is not null || (status.IsLink && kept.Directory.Unlink(name) is null))
            {
                return name;
            }

            name = new FileName($"{kept.Name}.{i.ToString(CultureInfo.InvariantCulture)}");
        }
    }

    private static string Hint(PosixError error) => error.Number switch
    {
        Errno.EINVAL => "this file system cannot exchange two entries; move the directory by hand once. Nothing was changed",
        Errno.ENOSYS => "this kernel cannot exchange two entries (Linux 3.15 can); move the directory by hand once. Nothing was changed",
        Errno.EXDEV => "the two are on different file systems or layers of an image; move the directory by hand once. Nothing was changed",
        Errno.EBUSY => "the directory is a mount point. Nothing was changed",
        _ => "nothing was changed",
    };
}
