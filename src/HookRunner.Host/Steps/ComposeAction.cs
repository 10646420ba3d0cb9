using System.Collections.Immutable;
using System.Globalization;
using HookRunner.Core.Steps;
using HookRunner.Core.Values;
using HookRunner.Host.Steps.Compose;
using HookRunner.Host.Steps.Containers;
using HookRunner.Host.Steps.Files;

namespace HookRunner.Host.Steps;

/// <summary>`compose: {up|down|pull, ...}`: the services of a compose file, and the proof that they run.</summary>
internal sealed record ComposeAction : HostAction
{
    private static readonly string[] Verbs = ["up", "down", "pull"];

    public static StepKind Kind { get; } = new()
    {
        Name = "compose",
        Summary = "brings the services of a compose file up, or down, or pulls their images; volumes are never removed",
        Keys =
        [
            new KindKey("up", ValueShape.TextOrList, "`true` or names of services: they shall run as the file says; what is so is left alone"),
            new KindKey("down", ValueShape.Flag, "`true`: no container of the project shall be there; none is fine"),
            new KindKey("pull", ValueShape.TextOrList, "`true` or names of services: their images are pulled"),
            new KindKey("file", ValueShape.PathList, "compose files, later ones laid over; paths in them and `.env` are beside the first",
                "compose.yaml, compose.yml, docker-compose.yml or docker-compose.yaml in the bundle"),
            new KindKey("project", ValueShape.Text, "the project's name", "`name:` in the file, else the application's name"),
            new KindKey("wait", ValueShape.Flag, "waits until the services are healthy, those without a health check until they have run for a while", "true"),
            new KindKey("within", ValueShape.Duration, "how long that may take", "60s"),
            new KindKey("settle", ValueShape.Duration, "how long a service without a health check must stay up to count", "5s"),
            new KindKey("build", ValueShape.Flag, "on `up`: builds images first", "false"),
            new KindKey("remove_orphans", ValueShape.Flag, "removes containers of services that the file no longer has", "false"),
            new KindKey("scale", ValueShape.Mapping, "on `up`: how many containers a service has: `{ worker: 3 }`"),
            new KindKey("engine", ValueShape.Text, "`docker` or `podman`", "docker where it is, else podman") { Words = ["docker", "podman"] },
        ],
        GivesEnvironment = true,
        Read = Read,
    };

    public required string Verb { get; init; }

    /// <summary>Empty: all.</summary>
    public required ImmutableArray<Template> Services { get; init; }

    /// <summary>Empty: the bundle's own.</summary>
    public required ImmutableArray<Template> Files { get; init; }

    public Template? Project { get; init; }

    public bool Waits { get; init; } = true;

    public TimeSpan Within { get; init; }

    public TimeSpan Settle { get; init; }

    public bool Builds { get; init; }

    public bool RemovesOrphans { get; init; }

    public ImmutableArray<(string Name, Template Value)> Scale { get; init; } = [];

    public string? Engine { get; init; }

    public override string Subject => Services.Length == 0 ? Verb : $"{Verb} {string.Join(", ", Services)}";

    /// <summary>Where nothing of the project runs, `down` needs no file.</summary>
    public override IEnumerable<Template> Sources => Verb == "down" ? [] : Files;

    public override string Describe()
    {
        var which = Services.Length == 0 ? "all services" : $"service{(Services.Length == 1 ? "" : "s")} {Words.List(Services)}";
        var file = Files.Length == 0 ? "the bundle's compose file" : Words.List(Files);
        var project = Project is null ? "" : $", project {Project}";
        var orphans = RemovesOrphans ? ", without orphans" : "";
        return Verb switch
        {
            "pull" => $"pull the images of {which} of {file}{project}",
            "down" => $"stop and remove the containers of {file}{project}{orphans}; none is fine, volumes stay",
            _ => $"bring up {which} of {file}{project}{(Builds ? ", built first" : "")}{orphans}"
                + string.Concat(Scale.Select(item => $", {item.Value} of {item.Name}"))
                + (Waits ? $"; healthy within {Duration.Format(Within)}, without a health check up for {Duration.Format(Settle)}" : "; not waited for"),
        };
    }

    public override StepOutcome Run(StepRun run)
    {
        if (run.IsRecorded(Kind.Name))
        {
            run.HasRecordedService |= Verb == "up";
            return ContainerAction.Record(run, this);
        }

        return ComposeProgram.Find(run, Engine, out var failure) is { } program ? new ComposeAct(run, program, this).Do() : failure!;
    }

    private static ComposeAction? Read(StepFields fields)
    {
        var written = Verbs.Where(fields.Has).ToList();
        if (written is not [var verb])
        {
            fields.Diagnostics.Error(fields.Location,
                written.Count == 0 ? "`compose` has no verb; expected one of up, down, pull" : $"`compose` has {string.Join(" and ", written)}; expected one verb",
                written.Count == 0 ? "for example `{ up: true }`" : "use a step for each");
            return null;
        }

        var services = fields.TextList(verb);
        var action = new ComposeAction
        {
            Verb = verb,
            Services = services is [{ IsComplete: true, Text: "true" }] ? [] : services,
            Files = [.. fields.TextList("file").Select(path => PathRules.NotEmpty(path, "file", fields.Diagnostics)).OfType<Template>()],
            Project = fields.Text("project"),
            Waits = fields.Flag("wait") ?? true,
            Within = fields.Duration("within") ?? TimeSpan.FromSeconds(60),
            Settle = fields.Duration("settle") ?? TimeSpan.FromSeconds(5),
            Builds = fields.Flag("build") ?? false,
            RemovesOrphans = fields.Flag("remove_orphans") ?? false,
            Scale = fields.TextMap("scale"),
            Engine = fields.Word("engine", [.. ContainerEngine.Programs]),
        };
        return ComposeRules.Check(action, fields, services) ? action : null;
    }

    /// <summary>How many containers a service shall have.</summary>
    public static bool IsScale(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count <= 1000;
}
