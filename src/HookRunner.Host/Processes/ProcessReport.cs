using System.Collections.Immutable;

namespace HookRunner.Host.Processes;

/// <summary>What became of a program that was started, or could not be.</summary>
/// <param name="End">How it ended.</param>
/// <param name="Took">From start to end.</param>
/// <param name="Captured">Its stdout where that was captured (at most 64 KiB, without its last newline); else empty.</param>
/// <param name="Tail">The last lines of its output, sanitised, for the digest.</param>
/// <param name="LeftBehind">Descendants that still live after it ended by itself.</param>
/// <param name="Unstoppable">Descendants that survived KILL (uninterruptible sleep).</param>
internal sealed record ProcessReport(
    ProcessEnd End,
    TimeSpan Took,
    string Captured,
    ImmutableArray<string> Tail,
    ImmutableArray<LiveProcess> LeftBehind,
    ImmutableArray<LiveProcess> Unstoppable)
{
    /// <summary>Its stdout as it came, where that was captured.</summary>
    public byte[] Output { get; init; } = [];

    /// <summary>It printed more than can be captured.</summary>
    public bool CaptureIsCut { get; init; }

    /// <summary>That the kernel ended a process meanwhile because memory ran out, in words; null where it did not.</summary>
    public string? OutOfMemory { get; init; }
}
