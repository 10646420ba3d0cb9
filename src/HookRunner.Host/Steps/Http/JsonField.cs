using System.Globalization;
using System.Text.Json;

namespace HookRunner.Host.Steps.Http;

/// <summary>One value in a JSON document, by a dotted path: `status`, `checks.0.name`.</summary>
internal static class JsonField
{
    /// <summary>Null where the value is the one expected.</summary>
    public static string? WhyNot(string body, string path, string expected)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var value = document.RootElement;
            foreach (var part in path.Split('.'))
            {
                if (Child(value, part) is not { } child)
                {
                    return $"its JSON has no `{path}`";
                }

                value = child;
            }

            var text = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
            return text == expected ? null : $"`{path}` in its JSON is `{Shortened(text)}`, not `{expected}`";
        }
        catch (JsonException)
        {
            return "its body is no JSON";
        }
    }

    private static JsonElement? Child(JsonElement value, string part) => value.ValueKind switch
    {
        JsonValueKind.Object when value.TryGetProperty(part, out var child) => child,
        JsonValueKind.Array when Index(part) is { } index && index < value.GetArrayLength() => value[index],
        _ => null,
    };

    private static int? Index(string part) =>
        int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : null;

    private static string Shortened(string text) => text.Length > 60 ? text[..60] + "..." : text;
}
