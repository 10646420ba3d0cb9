using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace HookRunner.Simulation.Output;

/// <summary>The report for programs: one JSON object.</summary>
internal static class ReportJson
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(SimulationReport report, TextWriter output)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteBoolean("succeeded", report.HasSucceeded);
            json.WriteNumber("seconds", Math.Round(report.Took.TotalSeconds, 3));
            json.WriteNumber("recorded", report.Recorded);
            json.WriteNumber("notChecked", report.NotChecked);
            WriteEvents(json, "from", report.From);
            WriteEvents(json, "events", report.Events);
            WriteTexts(json, "notRun", report.NotRun);
            WriteTexts(json, "leftRunning", report.LeftRunning);
            json.WriteEndObject();
        }

        output.WriteLine(Encoding.UTF8.GetString(buffer.ToArray()));
    }

    private static void WriteEvents(Utf8JsonWriter json, string name, ImmutableArray<SimulatedEvent> events)
    {
        json.WriteStartArray(name);
        foreach (var item in events)
        {
            json.WriteStartObject();
            json.WriteString("event", item.Name);
            json.WriteString("status", item.Status.ToString());
            json.WriteNumber("seconds", Math.Round(item.Took.TotalSeconds, 3));
            json.WriteString("remark", item.Remark);
            WriteTexts(json, "output", item.Output);
            WriteTexts(json, "notes", item.Notes);
            WriteFailure(json, item.Failure);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>As the agent sends it (hook_executor.rb:59-64).</summary>
    private static void WriteFailure(Utf8JsonWriter json, ScriptFailure? failure)
    {
        if (failure is null)
        {
            return;
        }

        json.WriteStartObject("diagnostics");
        if (failure.Code is { } code)
        {
            json.WriteNumber("error_code", code);
        }
        else
        {
            json.WriteString("error_code", "Unknown");
        }

        json.WriteString("script_name", failure.Script);
        json.WriteString("message", failure.Message);
        json.WriteString("log", failure.Log);
        json.WriteEndObject();
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, ImmutableArray<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }
}
