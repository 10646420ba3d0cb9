using System.Collections.Immutable;
using HookRunner.Core.Steps;
using HookRunner.Core.Values;
using HookRunner.Host.Steps.Config;
using HookRunner.Host.Steps.Files;

namespace HookRunner.Host.Steps;

/// <summary>`config: {ssm|ssm_path|secret|s3, to | as, ...}`: settings and secrets from AWS, to a file or to later steps.</summary>
internal sealed record ConfigAction : HostAction
{
    public static StepKind Kind { get; } = new()
    {
        Name = "config",
        Summary = "reads a setting or a secret from AWS through its CLI, into a file for its owner alone, or into hidden variables for the event's later steps",
        Keys =
        [
            new KindKey("ssm", ValueShape.Text, "a parameter of Systems Manager, decrypted: a name, or an ARN, which says its region"),
            new KindKey("ssm_path", ValueShape.Text, "all parameters below a path, decrypted; each by its name below that"),
            new KindKey("secret", ValueShape.Text, "a secret of Secrets Manager: a name or an ARN; one that is a JSON object has a value under each key"),
            new KindKey("s3", ValueShape.Text, "an object: `s3://BUCKET/KEY`"),
            new KindKey("to", ValueShape.Path, "the file: `NAME=value` lines where there are several values, else the value as it is; not touched where it is right"),
            new KindKey("as", ValueShape.Text, "the variable that takes the one value; without `to` and `as` there is a variable for each"),
            new KindKey("map", ValueShape.Mapping, "names in AWS, and the variables they become: `{ db/password: DB_PASSWORD }`"),
            new KindKey("upper", ValueShape.Flag, "puts the other names in capitals, with `_` for what no variable can have", "false"),
            new KindKey("raw", ValueShape.Flag, "takes a JSON secret as it is", "false"),
            new KindKey("owner", ValueShape.Owner, "`user` or `user:group`", "`defaults.user` for a new file; one that is replaced keeps its own"),
            new KindKey("mode", ValueShape.Mode, "its mode", "0600"),
        ],
        GivesEnvironment = true,
        Read = Read,
    };

    public required ConfigSource Source { get; init; }

    public Template? To { get; init; }

    /// <summary>`as`.</summary>
    public Template? Variable { get; init; }

    public required ConfigNames Names { get; init; }

    public bool IsRaw { get; init; }

    public OwnerName? Owner { get; init; }

    public UnixMode? Mode { get; init; }

    public override string Subject => Source.Name.ToString();

    public override string Describe() => To is null
        ? $"read {Source} into {Variables()}"
        : $"read {Source} into {To}{(Owner is null ? "" : $", owned by {Owner}")}, mode {Mode ?? ConfigFile.UsualMode}{Renamed()}";

    public override StepOutcome Run(StepRun run)
    {
        WantedOwner? owner = null;
        if (To is not null && WantedOwner.Find(run, Owner, out owner) is { } unknown)
        {
            return unknown;
        }

        if (!run.IsRecorded(Kind.Name))
        {
            return Source.Read(run, this, out var failure) is { } content ? Deliver(run, content, owner) : failure!;
        }

        run.Say($"recorded: {Describe()}");
        var made = RecordedConfig.MakesNothing(this) ? null : Deliver(run, RecordedConfig.Of(this, run), owner);
        return made is null or StepOutcome.Succeeded ? new StepOutcome.Succeeded("recorded") : made;
    }

    private StepOutcome Deliver(StepRun run, ConfigContent content, WantedOwner? owner)
    {
        if (Named(content, out var failure) is not { } values)
        {
            return failure ?? ConfigFile.Write(this, owner, ((ConfigContent.Whole)content).Bytes);
        }

        run.Hide(values.Where(value => value.IsSecret).Select(value => value.Text), []);
        if (To is null)
        {
            return ConfigVariables.Keep(run, values);
        }

        return content is ConfigContent.Whole whole ? ConfigFile.Write(this, owner, whole.Bytes)
            : ConfigFile.Lines(values, out var unfit) is { } lines ? ConfigFile.Write(this, owner, lines)
            : unfit!;
    }

    /// <summary>The values with the names of their variables. Null, and no failure: bytes that are no text, for a file.</summary>
    private ImmutableArray<ConfigValue>? Named(ConfigContent content, out StepOutcome? failure)
    {
        StepOutcome.Failed? wrong = null;
        ImmutableArray<ConfigValue>? values = null;
        switch (content)
        {
            case ConfigContent.Named when Variable is not null:
                wrong = new StepOutcome.Failed($"{Source} holds a value under each of its keys, and `as` is one variable", "leave `as` out, or take it as it is: `raw: true`");
                break;
            case ConfigContent.Named named:
                values = Names.Variables(named.Values, out wrong);
                break;
            case ConfigContent.Whole when To is null && Variable is null:
                wrong = new StepOutcome.Failed($"{Source} is no JSON object: it has no keys to name variables after", "name its variable: `as: NAME`");
                break;
            case ConfigContent.Whole whole:
                values = ConfigVariables.One(Variable?.Text ?? "", whole, out wrong) is { } one ? [one] : null;
                wrong = To is null ? wrong : null;
                break;
        }

        failure = wrong;
        return values;
    }

    private string Variables() => Variable is not null ? $"the variable {Variable}, hidden"
        : Names.Map.IsEmpty ? "a hidden variable for each" + Renamed()
        : "hidden variables" + Renamed();

    private string Renamed() => (Names.Map.IsEmpty ? "" : $": {string.Join(", ", Names.Map.Select(item => $"{item.Name} as {item.Variable}"))}")
        + (Names.IsUpper ? ", names in capitals" : "");

    private static ConfigAction? Read(StepFields fields)
    {
        if (ConfigRules.Source(fields) is not { } source)
        {
            return null;
        }

        var action = new ConfigAction
        {
            Source = source,
            To = fields.Destination("to"),
            Variable = fields.Text("as"),
            Names = new ConfigNames(fields.TextMap("map"), fields.Flag("upper") ?? false),
            IsRaw = fields.Flag("raw") ?? false,
            Owner = fields.Owner("owner"),
            Mode = fields.Mode("mode"),
        };
        return ConfigRules.Check(action, fields) ? action : null;
    }
}
