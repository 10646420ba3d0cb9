using HookRunner.Core.Steps;
using HookRunner.Core.Values;
using HookRunner.Host.Os;
using HookRunner.Host.Steps.Files;

namespace HookRunner.Host.Steps;

/// <summary>`file: {path, content|source, ...}`: a file with this content afterwards, untouched where it has it already.</summary>
internal sealed record FileAction : HostAction
{
    private const uint ReadableByAll = 0x4;

    public static StepKind Kind { get; } = new()
    {
        Name = "file",
        Summary = "writes a file by one rename, with owner and mode set before its name appears; one that is right is not touched",
        Keys =
        [
            new KindKey("path", ValueShape.Path, "the file; its directory must exist", Required: true),
            new KindKey("content", ValueShape.Text, "its content; variables in it are put in"),
            new KindKey("source", ValueShape.Path, "a file of the bundle to copy instead, as it is"),
            new KindKey("expand", ValueShape.Flag, "puts in the variables of `source`, too", "false"),
            new KindKey(
                "owner", ValueShape.Owner, "`user` or `user:group`",
                "`defaults.user` for a new file; one that is replaced keeps its own"),
            new KindKey("mode", ValueShape.Mode, "its mode", "0644 for a new file, or the source's, and its owner's alone with a hidden value in it; one that is replaced keeps its own, and is executable as the source is"),
            new KindKey(
                "notify", ValueShape.Mapping,
                "a unit to `restart` or `reload` right after the file changed; where that fails the file goes back")
            {
                Keys = FileNotice.Keys,
            },
        ],
        Read = Read,
    };

    public required Template Path { get; init; }

    public Template? Content { get; init; }

    public Template? Source { get; init; }

    public bool Expands { get; init; }

    public OwnerName? Owner { get; init; }

    public UnixMode? Mode { get; init; }

    public FileNotice? Notice { get; init; }

    /// <summary>What the variables of a source stand for.</summary>
    public required IVariableScope Scope { get; init; }

    public override string Subject => Path.ToString();

    public override IEnumerable<Template> Sources => Source is null ? [] : [Source];

    public override string Describe() => string.Concat(
        $"write {Path} ",
        Source is null ? $"with {Lines(Content!)}" : Expands ? $"from {Source}, expanded" : $"from {Source}",
        Words.OwnerAndMode(Owner, Mode),
        Notice is null ? "" : $"; if it changed, {Notice}");

    public override StepOutcome Run(StepRun run)
    {
        if (WantedOwner.Find(run, Owner, out var owner) is { } unknown)
        {
            return unknown;
        }

        if (Open(run, out var content) is { } unread)
        {
            return Failed(unread);
        }

        using (content)
        {
            if (TrustedPlace.Find(Path.Text, out var place) is { } trouble)
            {
                return Failed(trouble);
            }

            using (place)
            {
                return ProtectedPlaces.WhyNotOfBundle(place.Directory.RealPathOf(place.Name), run.Plan) is { } reason
                    ? new StepOutcome.Failed($"`{Path}` is {reason}")
                    : Place(run, place, new FilePlacement(place.Directory, place.Name, content!, new Traits(owner, Mode)));
            }
        }
    }

    private StepOutcome Place(StepRun run, TrustedPlace place, FilePlacement placement)
    {
        if (placement.Compare(out var before, out var differences) is { } trouble)
        {
            return Failed(trouble);
        }

        if (placement.Content.HoldsSecret && (placement.Mode(before) & ReadableByAll) != 0)
        {
            run.Warn($"{Path} holds a hidden value and every user of the host can read it: write `mode: 0600`, or 0640 with the group in `owner:`");
        }

        var mark = new NoticeMark(place);
        var isPending = Notice is not null && mark.IsPending;
        if (differences.Count == 0 && !isPending)
        {
            return new StepOutcome.Succeeded("already so");
        }

        if (differences.Count > 0 && ((Notice is null ? null : mark.Set(before is not null)) ?? placement.Write(before)) is { } error)
        {
            mark.Drop();
            return new StepOutcome.Failed(error.ToString(), before is null ? null : "the file is as it was");
        }

        if (differences.Count > 0 && place.Directory.Sync() is { } unsynced)
        {
            return new StepOutcome.Failed(unsynced.ToString(), "the file is written, but may not outlive a power cut");
        }

        var done = string.Join(", ", differences);
        return Notice is null ? new StepOutcome.Succeeded(done) : Tell(run, mark, (done, before is not null));
    }

    /// <summary>Told to stop or out of time, the mark stays: the next run tells the unit.</summary>
    private StepOutcome Tell(StepRun run, NoticeMark mark, (string Done, bool Existed) change)
    {
        var outcome = Notice!.Tell(run);
        if (outcome is StepOutcome.Succeeded told)
        {
            mark.Clear();
            return new StepOutcome.Succeeded(change.Done.Length == 0 ? told.Note : $"{change.Done}; {told.Note} {Notice.Unit}");
        }

        if (outcome is not StepOutcome.Failed failed || change.Done.Length == 0)
        {
            return outcome;
        }

        return mark.GoBack(change.Existed) is { } error
            ? failed with { Hint = $"the file stays changed: {error}" }
            : failed with { Hint = $"the file is as it was{(failed.Hint is null ? "" : $"; {failed.Hint}")}" };
    }

    private static string Lines(Template content) => content.ToString().TrimEnd('\n').Split('\n') is [_, _, ..] lines
        ? $"{lines.Length} lines"
        : $"`{content.ToString().TrimEnd('\n')}`";

    private PathTrouble? Open(StepRun run, out FileContent? content)
    {
        content = Source is null ? FileContent.Of(Content!.Text, run.Mask) : null;
        return Source is null ? null
            : Expands ? FileContent.Expand(run.InBundle(Source.Text), Scope, run.Mask, out content)
            : FileContent.Open(run.InBundle(Source.Text), out content);
    }

    private static StepOutcome.Failed Failed(PathTrouble trouble) => new(trouble.Reason, trouble.Remedy);

    private static FileAction? Read(StepFields fields)
    {
        var action = new FileAction
        {
            Path = fields.RequiredDestination("path"),
            Content = fields.Text("content"),
            Source = fields.Source("source"),
            Expands = fields.Flag("expand") ?? false,
            Owner = fields.Owner("owner"),
            Mode = fields.Mode("mode"),
            Notice = FileNotice.Read(fields, "notify"),
            Scope = fields.Scope,
        };
        return FileRules.Check(action, fields) ? action : null;
    }
}
