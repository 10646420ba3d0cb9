using HookRunner.Core.Reporting;
using HookRunner.Host.Output;

namespace HookRunner.Host.Execution;

/// <summary>Says why an event is not run, in what the agent keeps of it.</summary>
internal static class Refusal
{
    /// <summary>Returns the exit status.</summary>
    /// <param name="lines">Why, and what to do next.</param>
    /// <param name="status">What it would be in any other event.</param>
    /// <param name="isPreviousRevision">
    /// The event runs the previous revision's file: what is invalid there must not block the deployment that replaces it.
    /// </param>
    public static int Tell(OutputRelay relay, IReadOnlyList<string> lines, int status, bool isPreviousRevision)
    {
        var isForgiven = isPreviousRevision && status == ExitStatus.Invalid;
        var shown = isForgiven
            ? [.. lines, "nothing was run; the deployment goes on, because this event runs the previous revision's file"]
            : lines;
        foreach (var line in Digest.Fit(shown, "... and more: `hookrunner check` shows all"))
        {
            relay.WriteLine(line, important: true);
        }

        return isForgiven ? ExitStatus.Done : status;
    }
}
