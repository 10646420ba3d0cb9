using HookRunner.Host.Output;

namespace HookRunner.Host.Processes;

/// <summary>A program that runs, with all that belongs to it.</summary>
/// <param name="Capture">Where its stdout goes, if not to the log.</param>
/// <param name="StartedAt">A timestamp of the monotonic clock.</param>
internal sealed record StartedProgram(
    ProcessRequest Request,
    ChildProcess Child,
    Descendants Descendants,
    LogFollower Log,
    CaptureFile? Capture,
    long StartedAt)
{
    public TimeSpan Elapsed => TimeProvider.System.GetElapsedTime(StartedAt);
}
