using System.Collections.Immutable;
using HookRunner.Core.Diagnostics;

namespace HookRunner.Commands;

/// <summary>Mistakes and warnings for programs, such as an editor or a review bot.</summary>
internal static class DiagnosticsJson
{
    /// <param name="groups">The deployment groups that plans were made for.</param>
    public static string Of(DiagnosticBag diagnostics, ImmutableArray<string> groups) => JsonText.Of(writer =>
    {
        var all = diagnostics.Sorted();
        var errors = all.Count(item => item.Severity == Severity.Error);
        writer.WriteNumber("errors", errors);
        writer.WriteNumber("warnings", all.Length - errors);
        writer.WriteStartArray("groups");
        foreach (var group in groups)
        {
            writer.WriteStringValue(group);
        }

        writer.WriteEndArray();
        writer.WriteList("diagnostics", all, item =>
        {
            writer.WriteString("severity", item.Severity == Severity.Error ? "error" : "warning");
            writer.WriteString("file", item.Location.Source.Path);
            writer.WriteNumber("line", item.Location.Line);
            writer.WriteNumber("column", item.Location.Column);
            writer.WriteString("message", item.Message);
            writer.WriteString("remedy", item.Remedy);
        });
    });
}
