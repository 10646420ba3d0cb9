using System.Collections.Immutable;
using System.Globalization;
using HookRunner.Core.Steps;
using HookRunner.Core.Values;
using HookRunner.Host.Os;
using HookRunner.Host.Releases;
using HookRunner.Host.Steps.Files;

namespace HookRunner.Host.Steps;

/// <summary>`permissions: {path, owner, file_mode, dir_mode, recursive}`: who owns what is there, and who may do what with it.</summary>
internal sealed record PermissionsAction : HostAction
{
    public static StepKind Kind { get; } = new()
    {
        Name = "permissions",
        Summary = "gives files and directories an owner and modes where they differ; no link is followed",
        Keys =
        [
            new KindKey("path", ValueShape.PathList, "paths, or patterns with `*`, `?` and `[a-z]`, which leave out names that begin with a dot", Required: true),
            new KindKey("owner", ValueShape.Owner, "`user` or `user:group`", "as it is"),
            new KindKey("file_mode", ValueShape.Mode, "of files", "as it is"),
            new KindKey("dir_mode", ValueShape.Mode, "of directories", "as it is"),
            new KindKey("recursive", ValueShape.Flag, "for all that is below, too", "false"),
        ],
        Read = PermissionsRules.Read,
    };

    public required ImmutableArray<Template> Paths { get; init; }

    public OwnerName? Owner { get; init; }

    public UnixMode? FileMode { get; init; }

    public UnixMode? DirectoryMode { get; init; }

    public bool IsRecursive { get; init; }

    public override string Subject => string.Join(", ", Paths);

    public override string Describe() => $"give {Words.List(Paths)}{(IsRecursive ? ", with all below," : "")} " + string.Join(", ", new[]
    {
        Owner is null ? null : $"owner {Owner}",
        FileMode is null ? null : $"file mode {FileMode}",
        DirectoryMode is null ? null : $"directory mode {DirectoryMode}",
    }.OfType<string>());

    public override StepOutcome Run(StepRun run)
    {
        if (WantedOwner.Find(run, Owner, out var owner) is { } unknown)
        {
            return unknown;
        }

        bool MayGoOn() => run.StoppedBy == 0 && !run.Deadline.HasPassed;
        var started = TimeProvider.System.GetTimestamp();
        var traits = new TreeTraits(owner is { IsWritten: true } ? owner : null, FileMode, DirectoryMode, MayGoOn) { IsRecursive = IsRecursive };
        if ((Each((directory, name) => Look(run, directory, name)) ?? Each(traits.Put)) is { } trouble)
        {
            return trouble.Number == Errno.EINTR && !MayGoOn()
                ? Interruption.Of(run, TimeProvider.System.GetElapsedTime(started))
                : Failed(trouble, traits.Changed);
        }

        return new StepOutcome.Succeeded(traits.Seen == 0 ? "already so: nothing matches"
            : traits.Changed == 0 ? "already so"
            : string.Create(CultureInfo.InvariantCulture, $"changed {traits.Changed} of {traits.Seen}"));
    }

    private PathTrouble? Each(Func<OpenDirectory, FileName, PathTrouble?> act) =>
        Paths.Select(path => Matches(path.Text, act)).FirstOrDefault(trouble => trouble is not null);

    /// <summary>A link that is named itself stands for what it points to; one that is found is only a link.</summary>
    private static PathTrouble? Matches(string path, Func<OpenDirectory, FileName, PathTrouble?> act)
    {
        if (Files.Glob.Is(path))
        {
            return new PathMatches(path).Each<PathTrouble>(trouble => trouble, act);
        }

        if (TrustedPlace.Find(path, out var place, followsLast: true) is { } trouble)
        {
            return trouble;
        }

        using (place)
        {
            return act(place.Directory, place.Name);
        }
    }

    private PathTrouble? Look(StepRun run, OpenDirectory directory, FileName name)
    {
        if (directory.StatusOf(name, out var status) is { } unknown)
        {
            return PathTrouble.Of(unknown, unknown.Number == Errno.ENOENT ? $"make it first: `directory: {directory.At(name)}`" : null);
        }

        if (ProtectedPlaces.WhyNotChange(directory.RealPathOf(name), run.Plan) is { } reason)
        {
            return new PathTrouble($"`{directory.RealPathOf(name)}` is {reason}");
        }

        return Owner is null && !IsRecursive && status.IsDirectory && DirectoryMode is null
            ? new PathTrouble($"`{directory.At(name)}` is a directory, and `file_mode` is for files", "write `dir_mode`, or `recursive: true` for the files in it")
            : Owner is null && !status.IsDirectory && FileMode is null
            ? new PathTrouble($"`{directory.At(name)}` is no directory, and `dir_mode` is for directories", "write `file_mode`")
            : null;
    }

    private static StepOutcome.Failed Failed(PathTrouble trouble, int changed)
    {
        var failure = Failure.Of(trouble);
        return changed < 2 ? failure : failure with
        {
            Hint = string.Create(CultureInfo.InvariantCulture, $"{changed - 1} before it are changed{(failure.Hint is null ? "" : $"; {failure.Hint}")}"),
        };
    }
}
