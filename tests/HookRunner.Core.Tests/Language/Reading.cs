using System.Text;
using HookRunner.Core.Diagnostics;
using HookRunner.Core.Language;

namespace HookRunner.Core.Tests.Language;

/// <summary>Reads a text as hookrunner.yml.</summary>
internal static class Reading
{
    public static (HookFile? File, DiagnosticBag Diagnostics) Of(string text)
    {
        var diagnostics = new DiagnosticBag();
        return (HookFileReader.Load("hookrunner.yml", Encoding.UTF8.GetBytes(text), Kinds.All, diagnostics), diagnostics);
    }

    /// <summary>The diagnostics as a person reads them.</summary>
    public static string Said(string text) => DiagnosticText.Render(Of(text).Diagnostics);

    /// <summary>Each as `line:column message | remedy`.</summary>
    public static string[] Messages(string text) => [.. Of(text).Diagnostics.Sorted().Select(found =>
        $"{found.Location.Line}:{found.Location.Column} {found.Message}{(found.Remedy is null ? "" : $" | {found.Remedy}")}")];

    /// <summary>Those of one step of AfterInstall, whose first line is line 4 and begins in column 7.</summary>
    public static string[] Step(string step) =>
        Messages($"version: 1\nhooks:\n  AfterInstall:\n    - {step.Replace("\n", "\n      ", StringComparison.Ordinal)}\n");

    /// <summary>A file that is right; it reads without a diagnostic.</summary>
    public static HookFile File(string text)
    {
        var (file, diagnostics) = Of(text);
        DiagnosticText.Render(diagnostics).Should().BeEmpty();
        return file!;
    }
}
