using HookRunner.Host.Processes;

namespace HookRunner.Host.Steps.Stopping;

/// <summary>The unit of systemd that a process belongs to.</summary>
internal static class ProcessUnit
{
    /// <summary>`web.service`; empty where it belongs to none, or to the one that hookrunner itself belongs to.</summary>
    public static string Of(int id) => ProcessStat.Read(id) is { } process
        && LiveProcesses.Describe([process])[0] is { SharesOurControlGroup: false } live
        && live.ControlGroup.Split('/').LastOrDefault(part => part.EndsWith(".service", StringComparison.Ordinal)) is { } unit
            ? unit
            : "";
}
