using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

namespace HookRunner.Host.Steps.Config;

/// <summary>Reads what the AWS CLI prints. Null where it is not what was asked for.</summary>
internal static class ConfigAnswer
{
    /// <summary>A plain parameter is no secret by its type; shorter than this, such as `info` or `8080`, it is not hidden either.</summary>
    private const int ShortestHidden = 8;

    private const string Encrypted = "SecureString";

    public static ConfigContent? Parameter(byte[] output) => Read(output, root =>
        root.TryGetProperty("Parameter", out var parameter) && Text(parameter, "Value") is { } value
            ? new ConfigContent.Whole(Encoding.UTF8.GetBytes(value), IsSecret(parameter, value))
            : null);

    /// <summary>All pages, in one order whatever the service's; the names are those below the path.</summary>
    public static ConfigContent? Parameters(byte[] output, string path) => Read(output, root =>
    {
        if (!root.TryGetProperty("Parameters", out var list) || list.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        var above = path.TrimEnd('/').Length + 1;
        var values = ImmutableArray.CreateBuilder<ConfigValue>();
        foreach (var parameter in list.EnumerateArray())
        {
            if (Text(parameter, "Name") is not { } name || name.Length <= above || Text(parameter, "Value") is not { } value)
            {
                return null;
            }

            values.Add(new ConfigValue(name[above..], value, IsSecret(parameter, value)));
        }

        values.Sort((one, other) => string.CompareOrdinal(one.Name, other.Name));
        return new ConfigContent.Named(values.ToImmutable());
    });

    /// <summary>A text that is a JSON object holds a value under each key, unless it is wanted as it is.</summary>
    public static ConfigContent? Secret(byte[] output, bool isRaw) => Read(output, root =>
        Text(root, "SecretString") is { } text ? (isRaw ? null : Keys(text)) ?? new ConfigContent.Whole(Encoding.UTF8.GetBytes(text), IsSecret: true)
        : root.TryGetProperty("SecretBinary", out var binary) && binary.ValueKind == JsonValueKind.String && binary.TryGetBytesFromBase64(out var bytes) ? new ConfigContent.Whole(bytes, IsSecret: true)
        : null);

    private static ConfigContent? Keys(string text)
    {
        if (!text.AsSpan().TrimStart().StartsWith("{"))
        {
            return null;
        }

        return Read(Encoding.UTF8.GetBytes(text), root =>
        {
            var values = ImmutableArray.CreateBuilder<ConfigValue>();
            foreach (var key in root.EnumerateObject())
            {
                values.Add(new ConfigValue(key.Name, Value(key.Value), IsSecret: true));
            }

            return new ConfigContent.Named(values.ToImmutable());
        });
    }

    /// <summary>What is nested stays JSON.</summary>
    private static string Value(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Null => "",
        _ => value.GetRawText(),
    };

    private static bool IsSecret(JsonElement parameter, string value) =>
        Text(parameter, "Type") == Encrypted || value.Length >= ShortestHidden;

    private static string? Text(JsonElement holder, string name) =>
        holder.ValueKind == JsonValueKind.Object && holder.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static ConfigContent? Read(byte[] json, Func<JsonElement, ConfigContent?> read)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Object ? read(document.RootElement) : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The second one: half a character (`\ud800`), which no text can hold.
            return null;
        }
    }
}
