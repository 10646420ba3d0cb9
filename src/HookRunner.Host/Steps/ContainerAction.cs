using System.Collections.Immutable;
using HookRunner.Core.Steps;
using HookRunner.Host.Steps.Containers;

namespace HookRunner.Host.Steps;

/// <summary>`container: {name, image, ...}` and its smaller forms: what docker and podman do in a deployment.</summary>
internal static class ContainerAction
{
    /// <summary>The forms that one key makes, with the keys that go with it.</summary>
    private static readonly (string Verb, string[] With)[] Forms =
    [
        ("login", ["user", "password", "password_file"]),
        ("load", []),
        ("pull", []),
        ("remove", []),
        ("prune", ["older_than"]),
    ];

    private static readonly string[] OfRun =
    [
        "name", "image", "command", "ports", "env", "env_file", "volumes", "network", "user", "restart", "options", "pull_policy", "within", "settle",
    ];

    public static StepKind Kind { get; } = new()
    {
        Name = "container",
        Summary = "runs a container by docker or podman, in place of the one of that name; the old one comes back where the new one fails",
        Keys =
        [
            new KindKey("name", ValueShape.Text, "the container's name"),
            new KindKey("image", ValueShape.Text, "the image it runs"),
            new KindKey("command", ValueShape.TextList, "what the image runs instead of its own command, each word an item"),
            new KindKey("ports", ValueShape.TextOrList, "ports of the host and of the container: `8080:80`, `127.0.0.1:8080:80/tcp`"),
            new KindKey("env", ValueShape.Mapping, "all of the container's environment, with env_file; no value is ever on a command line"),
            new KindKey("env_file", ValueShape.Any, "dotenv files for it; an entry may be `{path, optional, secret}`"),
            new KindKey("volumes", ValueShape.TextOrList, "`/on/host:/in/container`, `name:/in/container`, with `:ro` where it only reads"),
            new KindKey("network", ValueShape.Text, "the network it joins: `host`, `none`, or a name"),
            new KindKey("user", ValueShape.Text, "the user in the container; beside `login`, the registry's"),
            new KindKey("restart", ValueShape.Text, "`no`, `always`, `unless-stopped`, `on-failure`, `on-failure:3`", "unless-stopped"),
            new KindKey("options", ValueShape.TextList, "further options of `docker run`, each word an item: `[--memory, 512m]`"),
            new KindKey("pull_policy", ValueShape.Text, "whether the image is asked for where it is here already", "always for the tag `latest`, never for `localhost/...`, else missing")
            {
                Words = ["always", "missing", "never"],
            },
            new KindKey("within", ValueShape.Duration, "how long it may take to become healthy; on `prune`, how long that may take", "60s"),
            new KindKey("settle", ValueShape.Duration, "how long a container without a health check must stay up to count", "5s"),
            new KindKey("login", ValueShape.Text, "alone: the registry to log in to; ECR by the AWS CLI, others by `user` and a password"),
            new KindKey("password", ValueShape.Text, "a variable that holds the registry's password"),
            new KindKey("password_file", ValueShape.Path, "a file that holds it"),
            new KindKey("load", ValueShape.Path, "alone: an archive of images (`docker save`) to load"),
            new KindKey("pull", ValueShape.TextOrList, "alone: images to pull"),
            new KindKey("remove", ValueShape.TextOrList, "alone: containers to stop and remove; missing ones are fine, volumes stay"),
            new KindKey("prune", ValueShape.Flag, "alone: `true` removes images that have no name and that no container uses"),
            new KindKey("older_than", ValueShape.Duration, "beside `prune`: only images that were made longer ago"),
            new KindKey("engine", ValueShape.Text, "`docker` or `podman`", "docker where it is, else podman") { Words = ["docker", "podman"] },
        ],
        GivesEnvironment = true,
        Read = Read,
    };

    /// <summary>Under `simulate`: told, and not done.</summary>
    public static StepOutcome Record(StepRun run, HostAction action)
    {
        run.Say($"recorded: {action.Describe()}");
        return new StepOutcome.Succeeded("recorded");
    }

    private static HostAction? Read(StepFields fields)
    {
        var engine = fields.Word("engine", [.. ContainerEngine.Programs]);
        var written = Forms.Where(form => fields.Has(form.Verb)).Select(form => form.Verb).ToList();
        if (written.Count == 0)
        {
            return HasAll(fields, OfRun, ["name", "image"], "a container") ? ContainerRun.Read(fields, engine) : null;
        }

        if (written is not [var verb])
        {
            fields.Diagnostics.Error(fields.Location, $"`container` has {string.Join(" and ", written)}; expected one of them", "use a step for each");
            return null;
        }

        if (!HasAll(fields, [verb, .. Forms.Single(form => form.Verb == verb).With, .. verb == "prune" ? (string[])["within"] : []], [], $"`{verb}`"))
        {
            return null;
        }

        return verb switch
        {
            "login" => RegistryLogin.Read(fields, engine),
            "load" => ImageLoad.Read(fields, engine),
            "pull" => ImagePull.Read(fields, engine),
            "remove" => ContainerRemoval.Read(fields, engine),
            _ => ImagePruning.Read(fields, engine),
        };
    }

    /// <summary>False after a reported mistake: a key that the form has no use for, or one that it needs.</summary>
    private static bool HasAll(StepFields fields, IEnumerable<string> known, ImmutableArray<string> needed, string form)
    {
        var others = Kind.Keys.Select(key => key.Name).Where(fields.Has).Except(known).Where(name => name != "engine").ToList();
        foreach (var other in others)
        {
            fields.Error(other, $"`{other}` means nothing beside {form}",
                needed.IsEmpty ? $"take it out, or write a step of its own for the container" : null);
        }

        var missing = needed.Where(name => !fields.Has(name)).ToList();
        if (missing.Count > 0)
        {
            fields.Diagnostics.Error(fields.Location, $"`container` needs {string.Join(" and ", missing.Select(name => $"`{name}`"))}",
                "for example `{ name: web, image: \"shop:1.4\" }`; or one of login, load, pull, remove, prune");
        }

        return others.Count + missing.Count == 0;
    }
}
