using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace HookRunner.Host.State;

/// <summary>The fields of one line as written. What is missing or of another shape reads as empty: a newer version's right.</summary>
internal readonly record struct JournalLine(JsonElement Root)
{
    public string Text(string name) => TextOrNull(name) ?? "";

    public string? TextOrNull(string name) =>
        Root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    public long Number(string name) =>
        Root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? number : 0;

    public bool Flag(string name) => Root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;

    public TimeSpan Milliseconds(string name) => TimeSpan.FromMilliseconds(Number(name));

    public DateTimeOffset Time(string name) =>
        DateTimeOffset.TryParse(Text(name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : default;

    public ImmutableArray<string> List(string name) =>
        Root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array
            ? [.. value.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!)]
            : [];
}
