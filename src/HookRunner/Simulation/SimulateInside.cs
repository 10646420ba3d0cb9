using System.Text;
using HookRunner.Host.Os;
using HookRunner.Simulation.Sandboxing;

namespace HookRunner.Simulation;

/// <summary>The inner process of `hookrunner simulate`, first of its pid namespace. Not for people.</summary>
internal static class SimulateInside
{
    /// <summary>The command that the outer process starts it by.</summary>
    public const string Word = "__simulate-inside";

    private const int Refused = 1;

    /// <param name="words">What stands after <see cref="Word"/>.</param>
    public static int Run(IEnumerable<string> words)
    {
        _ = StandardStreams.ClaimKeepingInput();
        Lifeline.Hold();
        Namespaces.LeaveTerminal();
        var request = SimulationRequest.FromWords(words);
        if (Sandbox.Enter(request, out var notes) is { } error)
        {
            Console.Error.WriteLine(error);
            return Refused;
        }

        SystemLog.Open();
        using var output = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false)) { AutoFlush = true };
        output.WriteLine(SandboxLauncher.Ready);
        return Simulator.Run(request, notes, output);
    }
}
