using System.Collections.Immutable;
using HookRunner.Core.Steps;
using HookRunner.Core.Values;
using HookRunner.Host.Steps.Files;
using Glob = HookRunner.Host.Steps.Files.Glob;

namespace HookRunner.Host.Steps.Transfer;

/// <summary>What `copy` and `move` say.</summary>
internal sealed class TransferRequest
{
    public required bool Moves { get; init; }

    public required Template From { get; init; }

    public required Template To { get; init; }

    public ImmutableArray<Template> Exclude { get; init; } = [];

    public bool TakesNewest { get; init; }

    public bool KeepsBackup { get; init; }

    /// <summary>`keep`: owner, mode and times of the original.</summary>
    public bool KeepsTraits { get; init; }

    public OwnerName? Owner { get; init; }

    public UnixMode? Mode { get; init; }

    /// <summary>Every match of a pattern goes into the directory `to`.</summary>
    public bool IsMany => !TakesNewest && Glob.Is(From.Text);

    public static ImmutableArray<KindKey> Keys(bool moves) =>
    [
        new("from", ValueShape.Path, moves
            ? "a file, a directory, whose contents are meant, or a pattern; nothing of the bundle"
            : "a file, a directory, whose contents are meant, or a pattern", Required: true),
        new("to", ValueShape.Path, "the path that it gets; for a pattern, the directory that each match goes into", Required: true),
        new("exclude", ValueShape.TextOrList, "patterns of what stays out: of names at any depth, or, with a `/`, of paths from the top"),
        new("newest", ValueShape.Flag, "takes the match of the pattern that was changed last, and no other", "false"),
        new("backup", ValueShape.Flag, "keeps what was there as `TO.backup`, in place of an older backup, where something changes", "false"),
        .. moves ? [] : (KindKey[])[new("keep", ValueShape.Flag, "keeps owner, mode and times of the original", "false")],
        new("owner", ValueShape.Owner, "`user` or `user:group`, of files and of directories that are made",
            moves ? "as it was" : "`defaults.user` for what is made; a file that is replaced keeps its own"),
        new("mode", ValueShape.Mode, "of files", moves
            ? "as it was"
            : "the source's, writable by its owner alone; a file that is replaced keeps its own, and is executable as the source is"),
    ];

    public static TransferRequest? Read(StepFields fields, bool moves)
    {
        var (from, to) = (fields.Source("from"), fields.Destination("to"));
        var request = new TransferRequest
        {
            Moves = moves,
            From = from is null ? Template.Literal("", fields.Location) : PathRules.Trimmed(from),
            To = to ?? Template.Literal("", fields.Location),
            Exclude = fields.TextList("exclude"),
            TakesNewest = fields.Flag("newest") ?? false,
            KeepsBackup = fields.Flag("backup") ?? false,
            KeepsTraits = moves || (fields.Flag("keep") ?? false),
            Owner = fields.Owner("owner"),
            Mode = fields.Mode("mode"),
        };
        return from is not null && to is not null && TransferRules.Check(request, fields) ? request : null;
    }

    public override string ToString() => string.Concat(
        $"{(Moves ? "move" : "copy")} {(TakesNewest ? "the newest of " : "")}{From} to {To}",
        Exclude.Length == 0 ? "" : $", without {Words.List(Exclude)}",
        KeepsTraits && !Moves ? ", with owner, mode and times" : "",
        Words.OwnerAndMode(Owner, Mode),
        KeepsBackup ? $"; what was there stays as {To}{(Glob.Is(From.ToString()) && !TakesNewest ? "/NAME" : "")}.backup" : "");
}
