using System.Collections.Immutable;
using System.Diagnostics;
using HookRunner.SystemTests.Support;

namespace HookRunner.Benchmarks;

/// <summary>One program that is measured beside others.</summary>
internal sealed record Contender(string Name, string Program, ImmutableArray<string> Arguments)
{
    public ImmutableSortedDictionary<string, string> Environment { get; init; } = AgentEnvironment.Service;

    /// <summary>Done before each run, and not measured.</summary>
    public Action Before { get; init; } = () => { };

    /// <summary>From just before the start to the end, output thrown away. A contender that fails measures nothing.</summary>
    public unsafe TimeSpan RunOnce(int nothing)
    {
        Before();
        var start = new ProcessStart(Program, Arguments, Environment, ClosedPipeAsInput: false, Umask: 0);
        var clock = Stopwatch.GetTimestamp();
        var failed = PosixSpawn.Start(start, (nothing, nothing, nothing), out var pid);
        int status;
        if (failed != 0 || Posix.Wait(pid, &status, 0) < 0 || status != 0)
        {
            throw new InvalidOperationException($"{Name} failed");
        }

        return Stopwatch.GetElapsedTime(clock);
    }
}
