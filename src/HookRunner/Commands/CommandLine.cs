using System.CommandLine;
using HookRunner.Core.Reporting;
using HookRunner.Host.Execution;

namespace HookRunner.Commands;

/// <summary>What people type. The agent passes no arguments and never comes here.</summary>
internal static class CommandLine
{
    public static int Invoke(string[] arguments, AgentVariables variables)
    {
        var root = new RootCommand(
            "Runs the hooks of a CodeDeploy bundle: the steps that hookrunner.yml names for an event and a deployment group. "
            + "Without arguments, under the agent, it runs the event in LIFECYCLE_EVENT.")
        {
            RunDeclaration.Make(variables),
            PlanDeclaration.Make(variables),
            CheckDeclaration.Make(),
            SimulateDeclaration.Make(),
            SchemaDeclaration.Make(),
            HistoryDeclarations.Status(),
            HistoryDeclarations.Log(),
            HistoryDeclarations.Rollback(variables),
        };
        root.SetAction(result => RunCommand.Run(new RunOptions(), variables));
        var parsed = root.Parse(arguments);
        var status = parsed.Invoke();
        return parsed.Errors.Count > 0 ? ExitStatus.Usage : status;
    }
}
