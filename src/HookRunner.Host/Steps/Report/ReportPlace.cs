using HookRunner.Core.Reporting;
using HookRunner.Core.Values;
using HookRunner.Host.Os;
using HookRunner.Host.State;

namespace HookRunner.Host.Steps.Report;

/// <summary>APPLICATION/GROUP/DEPLOYMENT/INSTANCE/EVENT: where one looks for what an instance said that is gone by now.</summary>
internal static class ReportPlace
{
    public static string Of(EventIdentity identity, string instance) =>
        string.Join('/', new[] { identity.Application, identity.Group, identity.Deployment, instance, identity.Event }.Select(StateName.Of));

    /// <summary>The instance's id; elsewhere the host's name.</summary>
    public static string Instance(StepRun run, Deadline end) =>
        run.Instance.Find("id", new Patience(end, run.Stopping)) is VariableValue.Known { Text: { Length: > 0 } id } ? id : Environment.MachineName;
}
