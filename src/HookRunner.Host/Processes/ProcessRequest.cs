using System.Collections.Immutable;
using HookRunner.Host.Os;

namespace HookRunner.Host.Processes;

/// <summary>A program to start, complete: nothing is inherited and nothing looked up by the framework.</summary>
internal sealed record ProcessRequest
{
    /// <summary>A name to find on the PATH of <see cref="Environment"/>, an absolute path, or one relative to the working directory.</summary>
    public required string Program { get; init; }

    public required ImmutableArray<string> Arguments { get; init; }

    /// <summary>Exactly what the program will see; must hold PATH.</summary>
    public required ImmutableSortedDictionary<string, string> Environment { get; init; }

    public required string WorkingDirectory { get; init; }

    /// <summary>Null: the user hookrunner runs as.</summary>
    public UserAccount? User { get; init; }

    public uint Umask { get; init; } = 0x12;

    /// <summary>The soft limit of open files; null: as ours.</summary>
    public int? OpenFiles { get; init; }

    /// <summary>stdout goes to a file of its own and comes back as <see cref="ProcessReport.Captured"/> instead of being relayed.</summary>
    public bool CapturesOutput { get; init; }

    /// <summary>Bytes that are kept of it.</summary>
    public int MostCaptured { get; init; } = 64 * 1024;

    /// <summary>What is captured is a secret: it touches no disk.</summary>
    public bool CapturesSecret { get; init; }

    /// <summary>Output goes to the log file only, and is not relayed: for helpers whose answer is read by us.</summary>
    public bool IsQuiet { get; init; }

    public required Deadline Deadline { get; init; }

    /// <summary>Time between TERM and KILL at its deadline, and for what it leaves behind when it fails. Told to stop: 2 s at most.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(5);
}
