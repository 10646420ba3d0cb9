using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace HookRunner.Host.State;

/// <summary>
/// Who has, or last had, one lock: written into the lock's file. That of a link's lock tells whose deployment was under
/// way there, across applications.
/// </summary>
internal sealed record LockHolder
{
    public required string Application { get; init; }

    public required string Group { get; init; }

    public required string Deployment { get; init; }

    public required string Event { get; init; }

    public required int ProcessId { get; init; }

    public required DateTimeOffset Since { get; init; }

    public required string BootId { get; init; }

    /// <summary>The last sign of it, on the clock of <see cref="Boot.Now"/>.</summary>
    public required long LastSign { get; init; }

    public required HolderState State { get; init; }

    /// <summary>`deployment d-1 (AfterInstall) of Shop/Staging-APP, pid 4711, since 12:03:04Z`.</summary>
    public override string ToString() =>
        $"deployment {Deployment} ({Event}) of {Application}/{Group}, pid {ProcessId.ToString(CultureInfo.InvariantCulture)}, "
        + $"since {Since.UtcDateTime.ToString("HH:mm:ss'Z'", CultureInfo.InvariantCulture)}";

    public ReadOnlySpan<byte> ToBytes()
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("application", Application);
            writer.WriteString("group", Group);
            writer.WriteString("deployment", Deployment);
            writer.WriteString("event", Event);
            writer.WriteNumber("pid", ProcessId);
            writer.WriteString("since", Since.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture));
            writer.WriteString("boot", BootId);
            writer.WriteNumber("last_sign_ms", LastSign);
            writer.WriteString("state", State switch
            {
                HolderState.Running => "running",
                HolderState.BetweenEvents => "between_events",
                _ => "over",
            });
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan;
    }

    /// <summary>Null where nothing readable stands there: nobody had it yet, or a crash tore it.</summary>
    public static LockHolder? Read(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes);
            return document.RootElement.ValueKind == JsonValueKind.Object ? Read(new JournalLine(document.RootElement)) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static LockHolder Read(JournalLine line) => new()
    {
        Application = line.Text("application"),
        Group = line.Text("group"),
        Deployment = line.Text("deployment"),
        Event = line.Text("event"),
        ProcessId = (int)line.Number("pid"),
        Since = line.Time("since"),
        BootId = line.Text("boot"),
        LastSign = line.Number("last_sign_ms"),
        State = line.Text("state") switch
        {
            "running" => HolderState.Running,
            "between_events" => HolderState.BetweenEvents,
            _ => HolderState.Over,
        },
    };
}

/// <summary>How far the deployment that last had a lock is.</summary>
internal enum HolderState
{
    /// <summary>One of its events runs. Found in a lock that is free, that run was killed, and its event failed.</summary>
    Running,

    /// <summary>An event of it ended well, and more are to come.</summary>
    BetweenEvents,

    /// <summary>Its last event ended, or one failed.</summary>
    Over,
}
