using System.CommandLine;
using HookRunner.Host.Execution;

namespace HookRunner.Commands;

/// <summary>`hookrunner run EVENT`.</summary>
internal static class RunDeclaration
{
    public static Command Make(AgentVariables variables)
    {
        var item = new Argument<string>("event") { Description = "A lifecycle event, such as AfterInstall" };
        var target = new TargetOptions();
        var command = new Command("run", "Runs one event on this host, for real") { item };
        target.AddTo(command);
        command.SetAction(result => RunCommand.Run(target.Read(result) with { Event = result.GetValue(item) }, variables));
        return command;
    }
}
