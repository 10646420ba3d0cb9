using HookRunner;
using HookRunner.Host.Execution;

return EntryPoint.Run(args, AgentVariables.Read());
