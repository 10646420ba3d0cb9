using HookRunner.Core.Steps;
using HookRunner.Core.Values;
using HookRunner.Host.Os;
using HookRunner.Host.Steps.Files;

namespace HookRunner.Host.Steps;

/// <summary>`directory: {path, owner, mode}`: a directory that is there afterwards, as it shall be.</summary>
internal sealed record DirectoryAction(Template Path, OwnerName? Owner, UnixMode? Mode) : HostAction
{
    public static StepKind Kind { get; } = new()
    {
        Name = "directory",
        Summary = "makes a directory and what is missing above it, and sees to its owner and mode",
        Keys =
        [
            new KindKey("path", ValueShape.Path, "the directory", Required: true),
            new KindKey(
                "owner", ValueShape.Owner, "`user` or `user:group`; of what is made, and of the directory where it was there",
                "`defaults.user`, for what is made"),
            new KindKey("mode", ValueShape.Mode, "the directory's mode; parents that are made get 0755", "0755, for what is made"),
        ],
        Shorthand = "path",
        Read = Read,
    };

    public override string Subject => Path.ToString();

    public override string Describe() => $"make sure of directory {Path}{Words.OwnerAndMode(Owner, Mode)}";

    public override StepOutcome Run(StepRun run)
    {
        if (WantedOwner.Find(run, Owner, out var owner) is { } unknown)
        {
            return unknown;
        }

        var traits = new Traits(owner, Mode);
        using var maker = new DirectoryMaker(traits);
        if (TrustedPlace.Enter(Path.Text, (parent, name) => Refuse(run, parent.RealPathOf(name)) ?? maker.Make(parent, name), out var directory) is { } trouble)
        {
            return new StepOutcome.Failed(trouble.Reason, trouble.Remedy);
        }

        using (directory)
        {
            return Refuse(run, directory.RealPath) is { } refused ? new StepOutcome.Failed(refused.Reason)
                : maker.Made > 0 ? Finish(directory, traits, maker) : Amend(directory, traits);
        }
    }

    private PathTrouble? Refuse(StepRun run, string real) =>
        ProtectedPlaces.WhyNotOfBundle(real, run.Plan) is { } reason ? new PathTrouble($"`{Path}` is {reason}") : null;

    private static StepOutcome Finish(OpenDirectory directory, Traits traits, DirectoryMaker maker) =>
        traits.Put(directory.Descriptor, directory.Path, maker.LastMode) is { } error
            ? new StepOutcome.Failed(error.ToString())
            : new StepOutcome.Succeeded(maker.Made == 1 ? "made" : $"made, and {maker.Made - 1} above it");

    private static StepOutcome Amend(OpenDirectory directory, Traits traits)
    {
        if (directory.Status(out var status) is { } unknown)
        {
            return new StepOutcome.Failed(unknown.ToString());
        }

        var differences = traits.Differences(status);
        if (differences.Count == 0)
        {
            return new StepOutcome.Succeeded("already so");
        }

        return traits.Amend(directory.Descriptor, directory.Path, status) is { } error
            ? new StepOutcome.Failed(error.ToString(), error.Number == Errno.EPERM ? "only its owner or root may change that" : null)
            : new StepOutcome.Succeeded(string.Join(", ", differences));
    }

    private static DirectoryAction? Read(StepFields fields)
    {
        var path = fields.Destination("path");
        var owner = fields.Owner("owner");
        var mode = fields.Mode("mode");
        if (path is null || BundleRules.Refuses(path, "path", fields))
        {
            return null;
        }

        if ((owner is not null || mode is not null) && path.IsComplete && SystemPaths.Holds(path.Text))
        {
            fields.Error("path", $"`path` is `{path}`, a directory of the system: a deployment does not change its owner or mode",
                "name a directory of the application below it");
            return null;
        }

        return new DirectoryAction(path, owner, mode);
    }
}
