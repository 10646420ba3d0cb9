namespace HookRunner.Host.Os;

/// <summary>Waiting on descriptors, and the numbers that go with them (poll.h, fcntl.h; the same on x64 and arm64).</summary>
internal static class Descriptors
{
    public const short Readable = 1, Writable = 4, Failed = 8, HungUp = 16;

    private const int DuplicateCloseOnExec = 1030, SetFlags = 2, CloseOnExec = 1;

    /// <summary>
    /// Waits until <paramref name="descriptor"/> is as asked, at most so long; what it is then, 0 for nothing yet. A signal
    /// ends the wait early: call it in a loop.
    /// </summary>
    public static unsafe short Wait(int descriptor, short events, TimeSpan atMost)
    {
        var entry = new Libc.PollEntry { Descriptor = descriptor, Events = events };
        return Libc.Poll(&entry, 1, Milliseconds(atMost)) > 0 ? entry.Returned : (short)0;
    }

    /// <summary>Waits until one of two can be read (or failed), at most so long. A negative descriptor is passed over.</summary>
    public static unsafe (bool First, bool Second) WaitForEither(int first, int second, TimeSpan atMost)
    {
        var entries = stackalloc Libc.PollEntry[2];
        entries[0] = new Libc.PollEntry { Descriptor = first, Events = Readable };
        entries[1] = new Libc.PollEntry { Descriptor = second, Events = Readable };
        return Libc.Poll(entries, 2, Milliseconds(atMost)) > 0
            ? (entries[0].Returned != 0, entries[1].Returned != 0)
            : (false, false);
    }

    /// <summary>A copy above the standard three that no program started by us inherits; -1 and errno where there is none.</summary>
    public static int Duplicate(int descriptor) => Libc.Fcntl(descriptor, DuplicateCloseOnExec, 3);

    public static void CloseAtExec(int descriptor) => _ = Libc.Fcntl(descriptor, SetFlags, CloseOnExec);

    // Rounded up: a wait of half a millisecond must not become a busy loop.
    private static int Milliseconds(TimeSpan span) => (int)Math.Clamp(Math.Ceiling(span.TotalMilliseconds), 0, 3_600_000);
}
