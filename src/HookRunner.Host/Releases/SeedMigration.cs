using System.Globalization;
using System.Text;
using HookRunner.Core.Language;
using HookRunner.Core.Steps;
using HookRunner.Host.Os;
using HookRunner.Host.State;

namespace HookRunner.Host.Releases;

/// <summary>
/// The first deployment with `release:` on a host where the link points to the staging directory itself. That directory
/// becomes release `base` without a moment in which a reader misses: a link at `releases/base` with its own path as text is
/// exchanged with the directory, so that both ways lead to it; then the main link is flipped, and the helper link removed.
/// </summary>
internal sealed class SeedMigration(ReleaseContext releases, ReleaseSettings settings, Action<string> say, Func<bool> mayGoOn)
{
    private const uint ReleasesMode = 0x1ED;

    /// <summary>What a run that was killed after the exchange left: the staging path is a link into the releases.</summary>
    public static StepOutcome.Failed? Finish(ReleaseContext releases, ReleaseSettings settings, Action<string> say)
    {
        var migration = new SeedMigration(releases, settings, say, () => true);
        if (ReleaseLink.Read(settings.Staging!, out var text) is { } unread)
        {
            return Failure.Of(unread);
        }

        return ReleaseLink.Absolute(settings.Staging!, text) is { } target && Path.GetDirectoryName(target) == settings.Releases
            ? migration.Flip(target)
            : new StepOutcome.Failed($"`staging` {settings.Staging} is a link to {text}; expected a directory, or nothing",
                "Install would write through it: remove the link, or stage elsewhere");
    }

    public StepOutcome.Failed? Keep(TrustedPlace staging)
    {
        if (PosixPath.MakeDirectories(settings.Releases, ReleasesMode) is { } unmade)
        {
            return Failure.Of(unmade);
        }

        if (TrustedPlace.Find(Path.Join(settings.Releases, "base"), out var kept) is { } trouble)
        {
            return Failure.Of(trouble);
        }

        using (kept)
        {
            var name = FreeName(kept);
            var path = Path.Join(settings.Releases, name.ToString());
            if (releases.Record(new JournalRecord.ReleaseAdopted(settings.Link, path) { Deployment = releases.Plan.Deployment.Deployment }) is { } unrecorded)
            {
                return new StepOutcome.Failed($"{settings.Staging} is live, and keeping it as a release cannot be recorded: {unrecorded}");
            }

            var error = Exchange(staging, kept, name, path);
            error = error is { Number: Errno.EXDEV or Errno.EINVAL or Errno.ENOSYS } ? Copy(staging, kept, name) : error;
            return error is null ? Flip(path) : Failure.Of(error);
        }
    }

    private static PosixError? Exchange(TrustedPlace staging, TrustedPlace kept, FileName name, string path)
    {
        if (kept.Directory.Symlink(name, Encoding.UTF8.GetBytes(path)) is { } error)
        {
            return error;
        }

        if (staging.Directory.Exchange(staging.Name, kept.Directory, name) is { } failed)
        {
            kept.Directory.Unlink(name);
            return failed;
        }

        return kept.Directory.Sync() ?? staging.Directory.Sync();
    }

    /// <summary>From another file system: the copy goes live, then the directory is removed.</summary>
    private PosixError? Copy(TrustedPlace staging, TrustedPlace kept, FileName name)
    {
        var half = WorkName.Copy(name);
        say($"note: {settings.Staging} is live and on another file system; it is copied, and what the application writes there meanwhile is not in the copy");
        return new TreeRemoval(mayGoOn).Remove(kept.Directory, half)
            ?? new TreeCopy(say, mayGoOn).Copy(staging.Directory, staging.Name, kept.Directory, half)
            ?? kept.Directory.Rename(half, kept.Directory, name)
            ?? kept.Directory.Sync();
    }

    /// <summary>Points the main link to the kept release, by the same way inside it, and takes the staging path away.</summary>
    private StepOutcome.Failed? Flip(string kept)
    {
        if (Target(kept, out var target) is { } unknown)
        {
            return Failure.Of(unknown);
        }

        if (target is not null)
        {
            if (AtomicLink.Switch(new LinkSwitch { Path = settings.Link, Target = target }) is LinkSwitchResult.Refused refused)
            {
                return new StepOutcome.Failed(refused.Reason, refused.Hint);
            }

            say($"note: {settings.Link} led into the staging directory; what was there is kept as the release {target}");
        }

        if (TrustedPlace.Find(settings.Staging!, out var staging) is { } trouble)
        {
            return Failure.Of(trouble);
        }

        using (staging)
        {
            var error = new TreeRemoval(TreeRemoval.Bounded(mayGoOn)).Discard(staging.Directory, staging.Name) ?? staging.Directory.Sync();
            return error is null or { Number: Errno.EINTR } ? null : Failure.Of(error);
        }
    }

    /// <summary>Where the main link must point; null where it leads neither into the kept release nor into what it was copied from.</summary>
    private PosixError? Target(string kept, out string? target)
    {
        target = null;
        if (ReleaseLink.Resolve(settings.Link, out var live) is { } error)
        {
            return error;
        }

        if (live is null)
        {
            return null;
        }

        var inner = ReleaseLink.Below(PlaceRules.Real(kept), live) ?? ReleaseLink.Below(PlaceRules.Real(settings.Staging!), live);
        target = inner is null ? null : inner.Length == 0 ? kept : Path.Join(kept, inner);
        return null;
    }

    /// <summary>`base`, else `base.2` and so on. A link of that name is what a killed run left before the exchange.</summary>
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
}
