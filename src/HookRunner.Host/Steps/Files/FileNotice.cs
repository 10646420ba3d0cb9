using System.Collections.Immutable;
using HookRunner.Core.Steps;
using HookRunner.Core.Values;
using HookRunner.Host.Steps.Service;

namespace HookRunner.Host.Steps.Files;

/// <summary>`notify: {restart|reload: UNIT}`: who is told that a file changed.</summary>
internal sealed record FileNotice(ServiceVerb Verb, Template Unit)
{
    public static ImmutableArray<KindKey> Keys { get; } =
    [
        new("restart", ValueShape.Text, "the unit to restart"),
        new("reload", ValueShape.Text, "the unit to reload"),
    ];

    public override string ToString() => $"{(Verb == ServiceVerb.Restart ? "restart" : "reload")} {Unit}";

    public StepOutcome Tell(StepRun run)
    {
        if (!run.IsRecorded(ServiceAction.Kind.Name))
        {
            return ServiceAct.Do(run, new ServiceRequest { Verb = Verb, Units = [UnitName.Full(Unit.Text)] });
        }

        run.Say($"recorded: {this}");
        run.HasRecordedService = true;
        return new StepOutcome.Succeeded("recorded for");
    }

    /// <summary>Null where it is absent or wrong; what is wrong is reported.</summary>
    public static FileNotice? Read(StepFields fields, string key)
    {
        if (fields.Node(key) is not { } node)
        {
            return null;
        }

        var notice = new Fields(new KeyTable(key, Keys), node, fields.Scope, fields.Diagnostics);
        if (notice.Has("restart") == notice.Has("reload"))
        {
            fields.Error(key, "`notify` needs one of `restart` and `reload`", "for example `notify: { reload: nginx }`");
            return null;
        }

        var verb = notice.Has("restart") ? ServiceVerb.Restart : ServiceVerb.Reload;
        var unit = notice.RequiredText(verb == ServiceVerb.Restart ? "restart" : "reload");
        if (unit.IsComplete && UnitName.Mistake(unit.Text) is { } mistake)
        {
            fields.Diagnostics.Error(unit.Location, mistake);
            return null;
        }

        return new FileNotice(verb, unit);
    }
}
