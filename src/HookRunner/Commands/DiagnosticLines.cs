using System.Globalization;
using HookRunner.Core.Diagnostics;
using HookRunner.Core.Reporting;

namespace HookRunner.Commands;

/// <summary>Mistakes of the file as the lines that an event ends with.</summary>
internal static class DiagnosticLines
{
    public static IReadOnlyList<string> Of(DiagnosticBag diagnostics, Invocation.Ready ready)
    {
        var all = diagnostics.Sorted();
        var errors = all.Where(item => item.Severity == Severity.Error).ToList();
        return
        [
            string.Create(CultureInfo.InvariantCulture,
                $"{ready.Event} was not run: {Summary.Count(errors.Count, "mistake")} in the bundle, nothing was changed"),
            $"  group {ready.Deployment.Group}, deployment {ready.Deployment.Deployment}",
            .. errors.SelectMany(item => DiagnosticText.Render(item).TrimEnd('\n').Split('\n')),
        ];
    }
}
