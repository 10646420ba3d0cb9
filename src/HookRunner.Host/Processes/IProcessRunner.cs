using HookRunner.Host.Output;

namespace HookRunner.Host.Processes;

/// <summary>Starts programs, follows and bounds them. The one way a child process comes to be.</summary>
internal interface IProcessRunner
{
    /// <summary>
    /// Runs one program to its end. Output is appended to <paramref name="log"/> by the program itself and relayed as it
    /// comes. Never throws for what a program or the system does.
    /// </summary>
    ProcessReport Run(ProcessRequest request, StepLog log);
}
