using System.Collections.Immutable;
using HookRunner.Core.Steps;
using HookRunner.Core.Values;

namespace HookRunner.Host.Steps.Containers;

/// <summary>`container: {name, image, ...}`: a container of this name runs from this image, in place of the one before.</summary>
internal sealed record ContainerRun : HostAction
{
    public required string? Engine { get; init; }

    public required Template Name { get; init; }

    public required Template Image { get; init; }

    /// <summary>What the image runs instead of its own command.</summary>
    public required ImmutableArray<Template> Command { get; init; }

    public required ImmutableArray<Template> Ports { get; init; }

    public required ImmutableArray<(string Name, Template Value)> Environment { get; init; }

    public required ImmutableArray<EnvironmentFile> EnvironmentFiles { get; init; }

    public required ImmutableArray<Template> Volumes { get; init; }

    public Template? Network { get; init; }

    public Template? User { get; init; }

    public Template? Restart { get; init; }

    /// <summary>Further options of `docker run`, each as it is.</summary>
    public required ImmutableArray<Template> Options { get; init; }

    /// <summary>`always`, `missing`, `never`; null: as the image's tag has it.</summary>
    public string? PullPolicy { get; init; }

    public required TimeSpan Within { get; init; }

    public required TimeSpan Settle { get; init; }

    public override string Subject => Name.ToString();

    public override string Describe()
    {
        var parts = new List<string> { $"replace container {Name} by one of image {Image}", PullWords };
        parts.AddRange(Ports.Length == 0 ? [] : [$"ports {string.Join(" ", Ports)}"]);
        parts.AddRange(Volumes.Length == 0 ? [] : [$"volumes {string.Join(" ", Volumes)}"]);
        parts.AddRange(Environment.Length == 0 ? [] : [$"env {string.Join(" ", Environment.Select(item => item.Name))}"]);
        parts.AddRange(EnvironmentFiles.Length == 0 ? [] : [$"env_file {string.Join(" ", EnvironmentFiles.Select(file => file.Path))}"]);
        parts.AddRange(Network is null ? [] : [$"network {Network}"]);
        parts.AddRange(User is null ? [] : [$"user {User}"]);
        parts.Add($"restart {RestartPolicy}");
        parts.AddRange(Options.Length == 0 ? [] : [WordText.Join(Options)]);
        parts.AddRange(Command.Length == 0 ? [] : [$"command {WordText.Join(Command)}"]);
        return $"{string.Join(", ", parts)}; healthy within {Duration.Format(Within)}, without a health check up for {Duration.Format(Settle)}";
    }

    /// <summary>Started again by the engine unless it was stopped on purpose.</summary>
    public string RestartPolicy => Restart?.ToString() ?? "unless-stopped";

    public override StepOutcome Run(StepRun run)
    {
        if (run.IsRecorded(ContainerAction.Kind.Name))
        {
            run.HasRecordedService = true;
            return ContainerAction.Record(run, this);
        }

        var missing = Volumes.Select(volume => volume.Text.Split(':')[0]).FirstOrDefault(path => path.StartsWith('/') && !Path.Exists(path));
        if (missing is not null)
        {
            return new StepOutcome.Failed($"volume: `{missing}` does not exist on this host", $"make it first: `directory: {missing}` or `file: {{ path: {missing}, ... }}`");
        }

        if (ContainerEngine.Find(run, Engine, out var failure) is not { } engine)
        {
            return failure!;
        }

        using var environment = ContainerEnvironment.Of(this, run, out failure);
        return environment is null ? failure! : new ContainerReplacement(run, engine, this, environment).Do();
    }

    private string PullWords => (PullPolicy ?? (Image.IsComplete ? ImagePresence.DefaultPolicy(Image.Text) : "")) switch
    {
        "" => "pulled as its tag has it",
        "always" => "pulled first",
        "never" => "never pulled",
        _ => "pulled if it is not here",
    };

    /// <summary>Null after a reported mistake.</summary>
    public static ContainerRun? Read(StepFields fields, string? engine)
    {
        var files = fields.Node("env_file") is { } node ? EnvironmentFileBlock.Entries(node) : [];
        var action = new ContainerRun
        {
            Engine = engine,
            Name = fields.RequiredText("name"),
            Image = fields.RequiredText("image"),
            Command = fields.TextList("command"),
            Ports = fields.TextList("ports"),
            Environment = fields.TextMap("env"),
            EnvironmentFiles = [.. files.Select(entry => EnvironmentFileBlock.Read(entry, fields.Scope, fields.Diagnostics)).OfType<EnvironmentFile>()],
            Volumes = fields.TextList("volumes"),
            Network = fields.Text("network"),
            User = fields.Text("user"),
            Restart = fields.Text("restart"),
            Options = fields.TextList("options"),
            PullPolicy = fields.Word("pull_policy", "always", "missing", "never"),
            Within = fields.Duration("within") ?? TimeSpan.FromSeconds(60),
            Settle = fields.Duration("settle") ?? TimeSpan.FromSeconds(5),
        };
        return ContainerRules.Check(action, fields) ? action : null;
    }
}
