namespace HookRunner.Host.Os;

/// <summary>A moment on the monotonic clock by which something must have ended, and what set it, for messages.</summary>
internal readonly record struct Deadline(long Timestamp, string SetBy)
{
    public static Deadline After(TimeSpan span, string setBy) =>
        new(TimeProvider.System.GetTimestamp() + (long)(span.TotalSeconds * TimeProvider.System.TimestampFrequency), setBy);

    public TimeSpan Remaining =>
        TimeProvider.System.GetElapsedTime(TimeProvider.System.GetTimestamp(), Timestamp) is var rest && rest > TimeSpan.Zero ? rest : TimeSpan.Zero;

    public bool HasPassed => Remaining == TimeSpan.Zero;

    public Deadline Sooner(Deadline other) => Timestamp <= other.Timestamp ? this : other;
}
