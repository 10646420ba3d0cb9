using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace HookRunner.Host.State;

/// <summary>
/// One record as one line of JSON: `{"v":1,"type":"event_started","at":"…","deployment":"d-…",…}`. Fields may be added
/// by later versions; a version that changes the meaning of one raises `v`, and its lines read as unknown here.
/// </summary>
internal static class JournalFormat
{
    private const int Version = 1;

    /// <summary>What every line about a release has.</summary>
    public static byte[] OfReleases { get; } = "\"type\":\"release_"u8.ToArray();

    /// <summary>What every line about an event's start or end has.</summary>
    public static byte[] OfEvents { get; } = "\"type\":\"event_"u8.ToArray();

    /// <summary>What every line about a step has: most lines, and no answer to what an event's start asks.</summary>
    public static byte[] OfSteps { get; } = "\"type\":\"step_"u8.ToArray();

    /// <summary>A text as it stands in a line.</summary>
    public static byte[] Encoded(string text) =>
        text.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.' or '/')
            ? Encoding.UTF8.GetBytes(text) // The encoder's tables take longer to set up than an event without steps may.
            : JsonEncodedText.Encode(text).EncodedUtf8Bytes.ToArray();

    /// <summary>The line with its newline.</summary>
    public static ReadOnlySpan<byte> Line(JournalRecord record)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteNumber("v", Version);
            writer.WriteString("type", JournalFields.Type(record));
            writer.WriteString("at", record.At.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture));
            writer.WriteString("deployment", record.Deployment);
            JournalFields.Write(writer, record);
            writer.WriteEndObject();
        }

        buffer.GetSpan(1)[0] = (byte)'\n';
        buffer.Advance(1);
        return buffer.WrittenSpan;
    }

    /// <summary>Null where the line is no record at all: torn, or not ours.</summary>
    public static JournalRecord? Read(ReadOnlyMemory<byte> line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            return document.RootElement.ValueKind == JsonValueKind.Object ? Read(new JournalLine(document.RootElement)) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JournalRecord? Read(JournalLine line)
    {
        var type = line.Text("type");
        if (type.Length == 0)
        {
            return null;
        }

        var record = line.Number("v") == Version ? JournalFields.Read(type, line) : null;
        record ??= new JournalRecord.Unknown(type) { Deployment = line.Text("deployment") };
        return record with { At = line.Time("at") };
    }
}
