using System.Text;
using HookRunner.Host.Os;

namespace HookRunner.Host.Releases;

/// <summary>The live release's own content as the beginning of what is shared from now on.</summary>
internal static class SharedOfLive
{
    /// <summary>
    /// Exchanges the live release's content with a link to the shared place, at one instant: what the running application
    /// writes until the switch is kept, and no reader misses. Where the two cannot be exchanged, a copy is taken. False where
    /// the live release has nothing there.
    /// </summary>
    public static bool Take(ReleaseWork work, SharedPaths.Spot spot, out PosixError? error)
    {
        error = null;
        if (work.Releases.Live is not { } live || TrustedPlace.Find(Path.Join(live, "x"), out var place) is not null)
        {
            return false;
        }

        using (place)
        {
            var parts = spot.Path.Split('/', StringSplitOptions.RemoveEmptyEntries);
            var missing = InnerDirectory.Open(place.Directory, parts[..^1], null, out var parent);
            using (parent)
            {
                if (missing is not null || parent.StatusOf(spot.Name, out var status) is not null || status.IsLink)
                {
                    return false;
                }

                error = Exchange(parent, spot);
                error = error is { Number: Errno.EXDEV or Errno.EINVAL or Errno.ENOSYS } ? Copy(work, parent, spot) : error;
                work.Say($"note: {spot.Shared.At(spot.Name)} begins with what the live release {live} has there ({work.Settings.Link})");
                return true;
            }
        }
    }

    private static PosixError? Exchange(OpenDirectory live, SharedPaths.Spot spot)
    {
        if (spot.Shared.Symlink(spot.Name, Encoding.UTF8.GetBytes(spot.Shared.At(spot.Name))) is { } error)
        {
            return error;
        }

        if (live.Exchange(spot.Name, spot.Shared, spot.Name) is not { } failed)
        {
            return null;
        }

        spot.Shared.Unlink(spot.Name);
        return failed;
    }

    private static PosixError? Copy(ReleaseWork work, OpenDirectory live, SharedPaths.Spot spot)
    {
        var half = WorkName.Copy(spot.Name);
        work.Say("warning: it is a copy, from another file system: what the application writes there before it is restarted is not in it");
        return new TreeRemoval(work.MayGoOn).Remove(spot.Shared, half)
            ?? new TreeCopy(work.Say, work.MayGoOn).Copy(live, spot.Name, spot.Shared, half)
            ?? spot.Shared.Rename(half, spot.Shared, spot.Name);
    }
}
