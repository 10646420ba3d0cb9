namespace HookRunner.SystemTests.Support;

/// <summary>The agent's end of one of the hook's two pipes.</summary>
internal sealed unsafe class HookStream(string prefix, int descriptor)
{
    private const int ChunkSize = 64 * 1024;
    private readonly byte[] _chunk = new byte[ChunkSize];

    /// <summary>What the agent writes before each line of it.</summary>
    public string Prefix { get; } = prefix;

    public int Descriptor { get; private set; } = descriptor;

    /// <summary>Everything that could be written to it has been read.</summary>
    public bool Ended { get; private set; }

    /// <summary>Why the agent no longer reads it although it is open; null while it does.</summary>
    public string? Failure { get; private set; }

    /// <summary>Takes each chunk, and an empty one at the end; returns why reading cannot go on, or null.</summary>
    public Func<ReadOnlyMemory<byte>, string?> Reader { get; set; } = _ => null;

    public bool Wanted => Descriptor >= 0 && !Ended && Failure is null;

    public bool Finished => Ended || Failure is not null;

    public void TakeIn()
    {
        nint count;
        fixed (byte* start = _chunk)
        {
            count = Posix.Read(Descriptor, start, ChunkSize);
        }

        Ended = count <= 0;
        Failure = Reader(_chunk.AsMemory(0, (int)Math.Max(count, 0)));
    }

    public void Close()
    {
        _ = Posix.Close(Descriptor);
        Descriptor = -1;
    }
}
