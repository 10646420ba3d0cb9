using System.Collections.Immutable;
using HookRunner.Core.Steps;
using HookRunner.Core.Values;
using HookRunner.Host.Os;
using HookRunner.Host.Steps.Files;

namespace HookRunner.Host.Steps;

/// <summary>`directory: {path, owner, mode}`: directories that are there afterwards, as they shall be.</summary>
internal sealed record DirectoryAction(ImmutableArray<Template> Paths, OwnerName? Owner, UnixMode? Mode) : HostAction
{
    private const string Already = "already so";

    public static StepKind Kind { get; } = new()
    {
        Name = "directory",
        Summary = "makes a directory and what is missing above it, and sees to its owner and mode",
        Keys =
        [
            new KindKey("path", ValueShape.PathList, "the directory, or a list of them", Required: true),
            new KindKey(
                "owner", ValueShape.Owner, "`user` or `user:group`; of what is made, and of the directory where it was there",
                "`defaults.user`, for what is made"),
            new KindKey("mode", ValueShape.Mode, "the directory's mode; parents that are made get 0755", "0755, for what is made"),
        ],
        Shorthand = "path",
        Read = Read,
    };

    public override string Subject => string.Join(", ", Paths);

    public override string Describe() =>
        $"make sure of {(Paths.Length == 1 ? "directory" : "directories")} {Words.List(Paths)}{Words.OwnerAndMode(Owner, Mode)}";

    /// <summary>One after the other; the first that cannot be made ends it.</summary>
    public override StepOutcome Run(StepRun run)
    {
        if (WantedOwner.Find(run, Owner, out var owner) is { } unknown)
        {
            return unknown;
        }

        var changes = new List<string>();
        foreach (var path in Paths)
        {
            var outcome = See(path, new Traits(owner, Mode), run);
            if (outcome is not StepOutcome.Succeeded { Note: var note })
            {
                return outcome;
            }

            if (note != Already)
            {
                changes.Add(Paths.Length == 1 ? note! : $"{path} {note}");
            }
        }

        return new StepOutcome.Succeeded(changes.Count == 0 ? Already : string.Join("; ", changes));
    }

    private static StepOutcome See(Template path, Traits traits, StepRun run)
    {
        using var maker = new DirectoryMaker(traits);
        if (TrustedPlace.Enter(path.Text, (parent, name) => Refuse(path, run, parent.RealPathOf(name)) ?? maker.Make(parent, name), out var directory) is { } trouble)
        {
            return new StepOutcome.Failed(trouble.Reason, trouble.Remedy);
        }

        using (directory)
        {
            return Refuse(path, run, directory.RealPath) is { } refused ? new StepOutcome.Failed(refused.Reason)
                : maker.Made > 0 ? Finish(directory, traits, maker) : Amend(directory, traits);
        }
    }

    private static PathTrouble? Refuse(Template path, StepRun run, string real) =>
        ProtectedPlaces.WhyNotOfBundle(real, run.Plan) is { } reason ? new PathTrouble($"`{path}` is {reason}") : null;

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
            return new StepOutcome.Succeeded(Already);
        }

        return traits.Amend(directory.Descriptor, directory.Path, status) is { } error
            ? new StepOutcome.Failed(error.ToString(), error.Number == Errno.EPERM ? "only its owner or root may change that" : null)
            : new StepOutcome.Succeeded(string.Join(", ", differences));
    }

    private static DirectoryAction? Read(StepFields fields)
    {
        var (paths, owner, mode) = (fields.Destinations("path"), fields.Owner("owner"), fields.Mode("mode"));
        if (paths.IsEmpty || paths.Any(path => BundleRules.Refuses(path, "path", fields)))
        {
            return null;
        }

        if ((owner is not null || mode is not null) && paths.FirstOrDefault(path => path.IsComplete && SystemPaths.Holds(path.Text)) is { } wrong)
        {
            fields.Diagnostics.Error(wrong.Location, $"`path` is `{wrong}`, a directory of the system: a deployment does not change its owner or mode",
                "name a directory of the application below it");
            return null;
        }

        return new DirectoryAction(paths, owner, mode);
    }
}
