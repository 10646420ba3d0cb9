using System.Collections.Immutable;

namespace HookRunner.SystemTests.Support;

/// <summary>What an agent decides before it starts a hook.</summary>
/// <param name="ClosedPipeAsInput">Standard input is a pipe that nobody writes to (1.8); else /dev/null (2.x).</param>
/// <param name="Umask">Of the new process; its working directory is always /, as under systemd.</param>
internal sealed record ProcessStart(
    string Program,
    ImmutableArray<string> Arguments,
    ImmutableSortedDictionary<string, string> Environment,
    bool ClosedPipeAsInput,
    uint Umask);
