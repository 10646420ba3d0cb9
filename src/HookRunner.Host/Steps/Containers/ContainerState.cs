using System.Globalization;
using System.Text.Json;

namespace HookRunner.Host.Steps.Containers;

/// <summary>What the engine says of a container.</summary>
internal sealed class ContainerState
{
    /// <summary>For `inspect --format`: one value a line.</summary>
    public const string Format =
        "{{.Id}}\n{{.Name}}\n{{.Image}}\n{{.RestartCount}}\n{{.HostConfig.RestartPolicy.Name}}\n{{.HostConfig.AutoRemove}}\n{{json .State}}\n{{json .Config.Labels}}";

    /// <summary>The label that holds the digest of a container's configuration.</summary>
    public const string ConfigurationLabel = "hookrunner.configuration";

    private ContainerState(string[] lines) =>
        (Id, Name, Image, Restarts, RestartPolicy, VanishesOnStop) =
        (lines[0], lines[1].TrimStart('/'), BareId(lines[2]), Number(lines[3]), lines[4], lines[5] == "true");

    public string Id { get; }

    public string Name { get; }

    /// <summary>The id of its image, without the algorithm.</summary>
    public string Image { get; }

    /// <summary>How often the engine has started it again.</summary>
    public int Restarts { get; }

    public string RestartPolicy { get; }

    /// <summary>It was made with `--rm`.</summary>
    public bool VanishesOnStop { get; }

    public bool IsRunning { get; private init; }

    /// <summary>It has ended, and the engine waits a moment before it starts it again.</summary>
    public bool IsRestarting { get; private init; }

    public int ExitStatus { get; private init; }

    public bool IsOutOfMemory { get; private init; }

    /// <summary>It tells two runs of a container apart.</summary>
    public string StartedAt { get; private init; } = "";

    /// <summary>`starting`, `healthy`, `unhealthy`; empty where the image and the options have no health check.</summary>
    public string Health { get; private init; } = "";

    /// <summary>What the last health check printed.</summary>
    public string HealthOutput { get; private init; } = "";

    /// <summary>Of a container of ours; empty for any other.</summary>
    public string Configuration { get; private init; } = "";

    /// <summary>The service of a compose project that it belongs to; empty for any other.</summary>
    public string Service { get; private init; } = "";

    /// <summary>Made by `compose run`, beside the services.</summary>
    public bool IsOneOff { get; private init; }

    /// <summary>An old podman-compose gives the same to every configuration: `123`.</summary>
    public string PodmanComposeHash { get; private init; } = "";

    /// <summary>docker names the algorithm, podman does not.</summary>
    public static string BareId(string id) => id.StartsWith("sha256:", StringComparison.Ordinal) ? id["sha256:".Length..] : id;

    /// <summary>Null where this is no answer to <see cref="Format"/>.</summary>
    public static ContainerState? Parse(string output)
    {
        if (output.Split('\n') is not [_, _, _, _, _, _, var stateText, var labelText, ..] lines)
        {
            return null;
        }

        try
        {
            using var state = JsonDocument.Parse(stateText);
            using var labels = JsonDocument.Parse(labelText);
            var root = state.RootElement;
            var health = Child(root, "Health") ?? Child(root, "Healthcheck");
            return new ContainerState(lines)
            {
                IsRunning = Text(root, "Running") == "true",
                IsRestarting = Text(root, "Restarting") == "true",
                ExitStatus = Number(Text(root, "ExitCode")),
                IsOutOfMemory = Text(root, "OOMKilled") == "true",
                StartedAt = Text(root, "StartedAt"),
                Health = health is { } checks && Text(checks, "Status") is var status and not "none" ? status : "",
                HealthOutput = health is { } known ? LastOutput(known) : "",
                Configuration = Text(labels.RootElement, ConfigurationLabel),
                Service = Text(labels.RootElement, "com.docker.compose.service"),
                IsOneOff = Text(labels.RootElement, "com.docker.compose.oneoff") == "True",
                PodmanComposeHash = Text(labels.RootElement, "io.podman.compose.config-hash"),
            };
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string LastOutput(JsonElement health) =>
        Child(health, "Log") is { ValueKind: JsonValueKind.Array } log && log.GetArrayLength() is var count and > 0
            ? Text(log[count - 1], "Output").Trim()
            : "";

    private static JsonElement? Child(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out var child) && child.ValueKind != JsonValueKind.Null ? child : null;

    private static string Text(JsonElement value, string name) => Child(value, name) switch
    {
        null => "",
        { ValueKind: JsonValueKind.String } text => text.GetString()!,
        { } other => other.GetRawText(),
    };

    private static int Number(string text) => int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
