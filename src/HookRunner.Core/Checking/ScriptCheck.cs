using HookRunner.Core.Diagnostics;
using HookRunner.Core.Values;

namespace HookRunner.Core.Checking;

/// <summary>A script of the bundle, as a host would meet it.</summary>
internal static class ScriptCheck
{
    public static void Check(BundleEntry entry, Template path, DiagnosticBag diagnostics)
    {
        if (entry.IsDirectory)
        {
            diagnostics.Error(path.Location, $"`{path}` is a directory; expected a script");
            return;
        }

        if (entry.IsBinary)
        {
            if (!entry.IsExecutable)
            {
                diagnostics.Error(path.Location, $"`{path}` is a program without its x bit, which cannot be started", $"run `chmod +x {path}` before it is bundled");
            }

            return;
        }

        CheckText(entry, path, diagnostics);
    }

    private static void CheckText(BundleEntry entry, Template path, DiagnosticBag diagnostics)
    {
        var text = entry.Text ?? "";
        if (text.Contains("\r\n", StringComparison.Ordinal))
        {
            diagnostics.Error(path.Location, $"`{path}` has CRLF line ends, which shells read as part of each command",
                $"run `sed -i 's/\\r$//' {path}`, and put `*.sh text eol=lf` into .gitattributes");
        }

        if (!text.StartsWith("#!", StringComparison.Ordinal))
        {
            diagnostics.Warning(path.Location, $"`{path}` has no `#!` line and is run by `sh -e`", "begin it with `#!/bin/bash`, or what it is written for");
        }
        else if (!entry.IsExecutable)
        {
            diagnostics.Warning(path.Location, $"`{path}` has no x bit; hookrunner starts it through its `#!` line, other callers cannot", $"run `git update-index --chmod=+x {path}`");
        }

        if (ReopenedOutput.In(text) is { } idiom)
        {
            diagnostics.Warning(path.Location, $"`{path}` holds `{idiom}`, {ReopenedOutput.Effect}", ReopenedOutput.Remedy);
        }
    }
}
