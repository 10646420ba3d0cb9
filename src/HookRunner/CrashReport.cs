using HookRunner.Core.Reporting;
using HookRunner.Host.Logging;
using HookRunner.Host.Output;

namespace HookRunner;

/// <summary>A defect of hookrunner, told so that it can be mended: whole to stderr, fitted to the agents' windows.</summary>
internal static class CrashReport
{
    public static void Write(Exception defect)
    {
        var lines = Digest.Fit(
            [
                $"hookrunner {ProductVersion.Text} failed by a defect of its own, not of your bundle (exit status 70)",
                "  nothing more was run; locks are free. Please report this with the lines below, whose addresses the release's symbols explain.",
                .. $"{defect}".Split('\n').Select(line => "  " + line.TrimEnd()),
            ],
            "  ... the rest of the trace does not fit here; run the event by hand to see it");
        foreach (var line in lines)
        {
            LastWords.Write(line);
        }
    }
}
