using System.Collections.Immutable;
using HookRunner.Core.Checking;
using HookRunner.Core.Diagnostics;
using HookRunner.Core.Reporting;
using HookRunner.Host.Bundles;

namespace HookRunner.Commands;

/// <summary>`hookrunner check`: everything that can be said of a bundle on any machine, at once.</summary>
internal static class CheckCommand
{
    private const int MostShown = 200;

    /// <summary>0 where there is no error, warnings or not; 3 else.</summary>
    public static int Run(CheckOptions options, TextWriter output)
    {
        var diagnostics = new DiagnosticBag();
        var groups = Check(options, diagnostics);
        output.Write(options.Json ? DiagnosticsJson.Of(diagnostics, groups) : Text(diagnostics, groups));
        return diagnostics.HasErrors ? ExitStatus.Invalid : ExitStatus.Done;
    }

    private static ImmutableArray<string> Check(CheckOptions options, DiagnosticBag diagnostics)
    {
        var folder = Path.GetFullPath(options.Bundle);
        var shown = options.Bundle is "." or "./" ? "" : options.Bundle;
        var bundle = Bundle.Read(folder, shown, diagnostics);
        if (bundle.File is null || HasErrors(diagnostics, bundle.File.Source))
        {
            return [];
        }

        return BundleCheck.Run(
            new BundleUnderCheck
            {
                File = bundle.File,
                AppSpec = bundle.AppSpec,
                AppSpecName = bundle.File.AppSpec ?? Bundle.FindAppSpec(folder),
                Groups = options.Groups,
                Entry = new BundleFiles(folder).Entry,
            },
            diagnostics);
    }

    /// <summary>A file with mistakes has no plans: what they would say follows from the mistakes.</summary>
    private static bool HasErrors(DiagnosticBag diagnostics, SourceText source) =>
        diagnostics.Sorted().Any(item => item.Severity == Severity.Error && item.Location.Source == source);

    private static string Text(DiagnosticBag diagnostics, ImmutableArray<string> groups)
    {
        var all = diagnostics.Sorted();
        var errors = all.Count(item => item.Severity == Severity.Error);
        var planned = groups.IsEmpty
            ? "no plan was made: the mistakes in hookrunner.yml come first"
            : $"every event was planned for {string.Join(", ", groups)}";
        return $"{DiagnosticText.Render(diagnostics, MostShown)}{planned}\n{Summary.Count(errors, "error")}, {Summary.Count(all.Length - errors, "warning")}\n";
    }
}
