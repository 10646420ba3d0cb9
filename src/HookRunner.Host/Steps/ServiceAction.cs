using System.Collections.Immutable;
using HookRunner.Core.Steps;
using HookRunner.Core.Values;
using HookRunner.Host.Steps.Files;
using HookRunner.Host.Steps.Service;

namespace HookRunner.Host.Steps;

/// <summary>`service: {VERB: UNITS}`: a change to units of systemd, and the proof that they run.</summary>
internal sealed record ServiceAction(ServiceRequest Wanted, ImmutableArray<Template> Units) : HostAction
{
    /// <summary>As written, in the order of <see cref="ServiceVerb"/>.</summary>
    private static readonly ImmutableArray<string> Verbs = ["start", "stop", "restart", "reload", "enable", "disable"];

    public static StepKind Kind { get; } = new()
    {
        Name = "service",
        Summary = "starts, stops, restarts, reloads, enables or disables units of systemd, in the order listed, and waits until they run",
        Keys =
        [
            new KindKey("start", ValueShape.TextOrList, "units that shall run; one that does is left alone"),
            new KindKey("stop", ValueShape.TextOrList, "units that shall not run; one that is stopped or missing is fine"),
            new KindKey("restart", ValueShape.TextOrList, "units to restart, or to start where they do not run"),
            new KindKey("reload", ValueShape.TextOrList, "units to reload"),
            new KindKey("enable", ValueShape.TextOrList, "units to start at boot; `true` beside `start` or `restart` means their units"),
            new KindKey("disable", ValueShape.TextOrList, "units not to start at boot"),
            new KindKey("validate", ValueShape.Command, "a command that must end 0 before a unit is touched, such as `nginx -t`"),
            new KindKey("within", ValueShape.Duration, "how long each unit may take", "30s"),
            new KindKey("settle", ValueShape.Duration, "how long a unit must stay active to count", "2s"),
            new KindKey("if_present", ValueShape.Flag, "passes over units that this host does not have", "false"),
        ],
        Read = Read,
    };

    public override string Subject => $"{Wanted.Word} {string.Join(", ", Units)}";

    public override string Describe()
    {
        var validate = Wanted.Validate is { } command ? $" after `{command}` succeeds" : "";
        var enabled = Wanted.EnablesToo ? " and enable" : "";
        var wait = Wanted.Runs ? $"; active within {Duration.Format(Wanted.Within)} and for {Duration.Format(Wanted.Settle)}" : "";
        return $"{Wanted.Word}{enabled} {Words.List(Units)}{validate}{wait}{(Wanted.IfPresent ? "; missing units are passed over" : "")}";
    }

    public override StepOutcome Run(StepRun run)
    {
        if (run.IsRecorded(Kind.Name))
        {
            run.Say($"recorded: {Describe()}");
            run.HasRecordedService = true;
            return new StepOutcome.Succeeded("recorded");
        }

        return ServiceAct.Do(run, Wanted with { Units = [.. Units.Select(unit => UnitName.Full(unit.Text)).Distinct()] });
    }

    private static ServiceAction? Read(StepFields fields)
    {
        var verbs = Verbs.Where(fields.Has).ToList();
        var enablesToo = verbs.Contains("enable") && verbs.Exists(verb => verb is "start" or "restart");
        verbs.RemoveAll(verb => enablesToo && verb == "enable");
        if (verbs is not [var word])
        {
            fields.Diagnostics.Error(fields.Location,
                verbs.Count == 0
                    ? $"`service` has no verb; expected one of {string.Join(", ", Verbs)}"
                    : $"`service` has {string.Join(" and ", verbs)}; expected one verb",
                verbs.Count == 0 ? "for example `{ restart: nginx }`" : "use a step for each");
            return null;
        }

        if (enablesToo && fields.Text("enable") is not { IsComplete: true, Text: "true" })
        {
            fields.Error("enable", "beside `start` and `restart`, `enable` takes only `true`");
            return null;
        }

        var request = new ServiceRequest
        {
            Verb = (ServiceVerb)Verbs.IndexOf(word),
            Units = [],
            EnablesToo = enablesToo,
            Validate = fields.Command("validate"),
            Within = fields.Duration("within") ?? TimeSpan.FromSeconds(30),
            Settle = fields.Duration("settle") ?? TimeSpan.FromSeconds(2),
            IfPresent = fields.Flag("if_present") ?? false,
        };
        return Check(fields, word, request) ? new ServiceAction(request, fields.TextList(word)) : null;
    }

    private static bool Check(StepFields fields, string word, ServiceRequest request)
    {
        var units = fields.TextList(word);
        foreach (var unit in units.Where(unit => unit.IsComplete))
        {
            if (UnitName.Mistake(unit.Text) is { } mistake)
            {
                fields.Diagnostics.Error(unit.Location, mistake);
                return false;
            }
        }

        if (units.Length == 0)
        {
            fields.Error(word, $"`{word}` names no unit");
        }

        if (request.Verb is ServiceVerb.Enable && units is [{ IsComplete: true, Text: "true" or "false" }])
        {
            fields.Error(word, "`enable: true` goes with `start` or `restart`", "name the unit: `enable: nginx`");
            return false;
        }

        return units.Length > 0;
    }
}
