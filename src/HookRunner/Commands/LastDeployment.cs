using HookRunner.Host.State;

namespace HookRunner.Commands;

/// <summary>What this host recorded last, for a person who names no deployment group.</summary>
internal static class LastDeployment
{
    /// <summary>Null where nothing is recorded, or several applications are and none is named.</summary>
    public static JournalRecord.EventStarted? Recorded(RunOptions asked) =>
        new StatusOptions { Application = asked.Application, State = asked.State }.Find() is HostState.Found found ? found.Last : null;

    public static string Note(JournalRecord.EventStarted last) =>
        $"as last recorded here: group {last.Group}, application {last.Application}, deployment {last.Deployment}";
}
