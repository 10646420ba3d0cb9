using HookRunner.Commands;
using HookRunner.Core.Reporting;
using HookRunner.Host.Execution;
using HookRunner.Host.Processes.Background;
using HookRunner.Simulation;

namespace HookRunner;

/// <summary>The way in: the agent's call goes straight to its event, a person's through the command line.</summary>
internal static class EntryPoint
{
    public static int Run(string[] arguments, AgentVariables variables)
    {
        try
        {
            if (arguments is [SimulateInside.Word, .. var words])
            {
                return SimulateInside.Run(words);
            }

            if (arguments is [BackgroundLauncher.Word, _, _, _])
            {
                return BackgroundLauncher.Run(arguments[1..]);
            }

            return arguments.Length == 0 && (variables.Event is not null || variables.AreSudos)
                ? RunCommand.Run(new RunOptions(), variables)
                : CommandLine.Invoke(arguments, variables);
        }
#pragma warning disable CA1031 // The one catch of everything: what arrives here is a defect of ours, and says so.
        catch (Exception defect)
#pragma warning restore CA1031
        {
            CrashReport.Write(defect);
            return ExitStatus.Defect;
        }
    }
}
