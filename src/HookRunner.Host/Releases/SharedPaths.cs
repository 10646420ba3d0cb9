using System.Text;
using HookRunner.Core.Steps;
using HookRunner.Host.Os;

namespace HookRunner.Host.Releases;

/// <summary>
/// Puts a link to the shared place of each `shared` path into a release that is not live yet. The way to it, in the release
/// and below the shared directory, leads through real directories only: a link might lead outside.
/// </summary>
internal sealed class SharedPaths(ReleaseWork work, (uint User, uint Group)? owner)
{
    private const uint DirectoryMode = 0x1ED;

    private readonly long _started = TimeProvider.System.GetTimestamp();

    public StepOutcome? Link(OpenDirectory release)
    {
        if (PosixPath.MakeDirectories(work.Settings.SharedDirectory, DirectoryMode) is { } unmade)
        {
            return Failure.Of(unmade);
        }

        if (TrustedPlace.Find(Path.Join(work.Settings.SharedDirectory, "x"), out var place) is { } trouble)
        {
            return Failure.Of(trouble);
        }

        using (place)
        {
            foreach (var path in work.Settings.Shared)
            {
                if (Link(release, place.Directory, path) is { } error)
                {
                    return work.Fail(error, _started);
                }
            }
        }

        return null;
    }

    private PosixError? Link(OpenDirectory release, OpenDirectory shared, string path)
    {
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var name = new FileName(parts[^1]);
        var error = InnerDirectory.Open(release, parts[..^1], Make, out var inRelease);
        using (inRelease)
        {
            if (error is not null)
            {
                return error;
            }

            error = InnerDirectory.Open(shared, parts[..^1], Make, out var inShared);
            using (inShared)
            {
                return error ?? Link(new Spot(path, release, inRelease, inShared, name));
            }
        }
    }

    private PosixError? Link(Spot spot)
    {
        var target = Encoding.UTF8.GetBytes(spot.Shared.At(spot.Name));
        var own = spot.Release.StatusOf(spot.Name, out var status) is null ? status : (FileStatus?)null;
        if (own is { IsLink: true } && spot.Release.ReadLink(spot.Name, out var text) is null && text.AsSpan().SequenceEqual(target))
        {
            return null;
        }

        var error = SharedExists(spot) ? SetAside(spot, own) : Begin(spot, own);
        error ??= spot.Release.Symlink(spot.Name, target);
        return error ?? (owner is { } ids ? spot.Release.ChangeOwner(spot.Name, ids.User, ids.Group) : null);
    }

    /// <summary>A link to itself is no content: a killed run left it, on the way to an exchange.</summary>
    private static bool SharedExists(Spot spot)
    {
        if (spot.Shared.StatusOf(spot.Name, out var status) is not null)
        {
            return false;
        }

        var isLeftover = status.IsLink
            && spot.Shared.ReadLink(spot.Name, out var text) is null
            && text.AsSpan().SequenceEqual(Encoding.UTF8.GetBytes(spot.Shared.At(spot.Name)));
        return !isLeftover || spot.Shared.Unlink(spot.Name) is not null;
    }

    /// <summary>What this release brings under the name of a path that is shared already.</summary>
    private PosixError? SetAside(Spot spot, FileStatus? own)
    {
        if (own is null)
        {
            return null;
        }

        if (spot.Top.MakeDirectory(WorkName.Aside, DirectoryMode) is { Number: not Errno.EEXIST } unmade)
        {
            return unmade;
        }

        var error = spot.Top.Open(WorkName.Aside, out var aside);
        using (aside)
        {
            var name = new FileName(spot.Path.Trim('/').Replace('/', '+'));
            error ??= new TreeRemoval(work.MayGoOn).Remove(aside, name) ?? spot.Release.Rename(spot.Name, aside, name);
            work.Say($"note: {spot.Path} is shared; what this release brings there is set aside as {WorkName.Aside}/{name} in it");
        }

        return error;
    }

    /// <summary>The first time: from this release, else from the live one, else empty.</summary>
    private PosixError? Begin(Spot spot, FileStatus? own)
    {
        if (own is not null)
        {
            return Move(spot.Release, spot);
        }

        if (SharedOfLive.Take(work, spot, out var error))
        {
            return error;
        }

        if (spot.Path.EndsWith('/') || !spot.Name.ToString().Contains('.', StringComparison.Ordinal))
        {
            return Make(spot.Shared, spot.Name);
        }

        work.Say($"note: the shared file {spot.Shared.At(spot.Name)} is not there yet; the release's link to it leads nowhere until it is");
        return null;
    }

    private PosixError? Move(OpenDirectory from, Spot spot)
    {
        var error = from.Rename(spot.Name, spot.Shared, spot.Name);
        if (error is not { Number: Errno.EXDEV })
        {
            return error;
        }

        var half = WorkName.Copy(spot.Name);
        var removal = new TreeRemoval(work.MayGoOn);
        return removal.Remove(spot.Shared, half)
            ?? new TreeCopy(work.Say, work.MayGoOn).Copy(from, spot.Name, spot.Shared, half)
            ?? spot.Shared.Rename(half, spot.Shared, spot.Name)
            ?? removal.Remove(from, spot.Name);
    }

    private PosixError? Make(OpenDirectory parent, FileName name) =>
        parent.MakeDirectory(name, DirectoryMode) ?? (owner is { } ids ? parent.ChangeOwner(name, ids.User, ids.Group) : null);

    /// <summary>One shared path while it is linked.</summary>
    /// <param name="Path">As written.</param>
    /// <param name="Top">The release's top directory.</param>
    /// <param name="Release">Where the link goes.</param>
    /// <param name="Shared">Where the shared thing is.</param>
    internal sealed record Spot(string Path, OpenDirectory Top, OpenDirectory Release, OpenDirectory Shared, FileName Name);
}
