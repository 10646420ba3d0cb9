using System.Diagnostics;
using System.Globalization;
using HookRunner.Core.Language;
using HookRunner.Core.Steps;
using HookRunner.Host.Execution;
using HookRunner.Host.Os;
using HookRunner.Host.State;

namespace HookRunner.Host.Releases;

/// <summary>
/// `release: activate`: points the link to this deployment's release. What it held is on the disk before the switch: without
/// that record there would be no way back.
/// </summary>
internal sealed class ReleaseActivation(StepRun run, ReleaseSettings settings)
{
    public StepOutcome Run()
    {
        if (run.Releases.Directory is not { } release)
        {
            return new StepOutcome.Failed($"{run.Plan.Event} runs the previous revision, which has no release to activate");
        }

        if (Missing(release) is { } missing)
        {
            return missing;
        }

        if (ReleaseLink.Target(settings.Link) != release && Record(release) is { } error)
        {
            return new StepOutcome.Failed($"the way back cannot be recorded, so the link was not touched: {error}",
                "free the disk, or make the state directory writable");
        }

        return Switch(release);
    }

    private static StepOutcome.Failed? Missing(string release)
    {
        if (TrustedPlace.Find(release, out var place) is { } trouble)
        {
            return trouble.Number == Errno.ENOENT ? NotStaged(release) : Failure.Of(trouble);
        }

        using (place)
        {
            var error = place.Directory.Open(place.Name, out var directory);
            using (directory)
            {
                return error is { Number: Errno.ENOENT } ? NotStaged(release)
                    : error is not null ? Failure.Of(error)
                    : directory.List(out var names) is { } unlisted ? Failure.Of(unlisted)
                    : names.Count == 0 ? new StepOutcome.Failed($"the release {release} is empty") : null;
            }
        }
    }

    private static StepOutcome.Failed NotStaged(string release) =>
        new($"{release} is not there: this deployment has staged no release", "put `release: stage` before `release: activate`");

    private PosixError? Record(string release)
    {
        var (deployment, held) = (run.Plan.Deployment.Deployment, ReleaseLink.Held(settings.Link));
        var adopts = settings.Adopt && held == settings.Link;
        return (adopts ? run.Releases.Record(new JournalRecord.ReleaseAdopted(settings.Link, FreeBase()) { Deployment = deployment }) : null)
            ?? run.Releases.Record(new JournalRecord.ReleaseActivated(settings.Link, release, held) { Deployment = deployment });
    }

    /// <summary>The name under which a directory in the way will be kept: `base`, else `base.2` and so on.</summary>
    private string FreeBase()
    {
        var path = Path.Join(settings.Releases, "base");
        for (var i = 2; FileStatus.Of(path, out var status) is null && !status.IsLink; i++)
        {
            path = Path.Join(settings.Releases, string.Create(CultureInfo.InvariantCulture, $"base.{i}"));
        }

        return path;
    }

    private StepOutcome Switch(string release)
    {
        var request = new LinkSwitch
        {
            Path = settings.Link,
            Target = release,
            AdoptInto = settings.Adopt ? settings.Releases : null,
        };
        switch (AtomicLink.Switch(request))
        {
            case LinkSwitchResult.AlreadySo:
                return new StepOutcome.Succeeded("already live");
            case LinkSwitchResult.Switched { Before: var before }:
                return Done(before is null ? "the first release" : $"was {before}");
            case LinkSwitchResult.Adopted { KeptAs: var kept }:
                return Done($"the directory there is kept as {kept}");
            case LinkSwitchResult.Refused refused:
                return new StepOutcome.Failed(refused.Reason, refused.Hint);
            case var other:
                throw new UnreachableException($"unhandled {other}");
        }
    }

    private StepOutcome.Succeeded Done(string note)
    {
        new ReleasePruning(run.Releases, settings, run.Say, run.MayGoOn).Run();
        return new StepOutcome.Succeeded(note);
    }
}
