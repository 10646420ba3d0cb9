using System.Globalization;
using HookRunner.Host.State;

namespace HookRunner.Host.Releases;

/// <summary>What the run before this one left to be said.</summary>
internal static class StartNotes
{
    public static IEnumerable<string> Of(StartFacts facts)
    {
        if (facts.Killed is { } killed)
        {
            var how = killed.BootId == Boot.Id ? "was killed" : "was cut off when this machine went down";
            yield return $"note: {killed.Event} of deployment {killed.Deployment} {how} "
                + $"(pid {killed.ProcessId.ToString(CultureInfo.InvariantCulture)}, started {killed.At.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture)}); "
                + "what it left half done is repaired, on_failure and always did not run";
        }

        if (facts.LastEnd is { NotRun.Length: > 0 } ended)
        {
            yield return $"note: {ended.Event} of deployment {ended.Deployment} was told to stop; {string.Join(" and ", ended.NotRun)} did not run";
        }
    }
}
