namespace HookRunner.Host.Os;

/// <summary>How long something may be waited for: until a moment, or until hookrunner is told to stop.</summary>
internal readonly record struct Patience(Deadline End, CancellationToken Stop)
{
    private const int SliceMilliseconds = 100;

    public bool IsOver => Stop.IsCancellationRequested || End.HasPassed;

    /// <summary>Milliseconds to wait at once: short enough to notice a stop, rounded up so that the end is not spun upon.</summary>
    public int Slice => (int)Math.Min(SliceMilliseconds, Math.Ceiling(End.Remaining.TotalMilliseconds));

    public static Patience For(TimeSpan span, CancellationToken stop) => new(Deadline.After(span, ""), stop);
}
