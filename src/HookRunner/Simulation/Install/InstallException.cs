namespace HookRunner.Simulation.Install;

/// <summary>What makes the agent's Install fail; its message is what the console shows. It never leaves this folder.</summary>
internal sealed class InstallException(string message) : Exception(message);
