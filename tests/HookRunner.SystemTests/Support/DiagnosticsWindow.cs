namespace HookRunner.SystemTests.Support;

/// <summary>
/// The part of the log that reaches the service: the newest whole entries that fit. An entry too long for the window
/// removes itself and everything before it.
/// </summary>
/// <param name="limit">Largest sum of sizes that is kept.</param>
/// <param name="measure">Size of an entry: characters for 1.8 (hook_executor.rb:15-31), bytes for 2.x.</param>
internal sealed class DiagnosticsWindow(int limit, Func<byte[], int> measure)
{
    private readonly Queue<(byte[] Entry, int Size)> _entries = [];
    private int _size;

    /// <summary>What is kept, in one piece.</summary>
    public byte[] Bytes => [.. _entries.SelectMany(item => item.Entry)];

    public void Add(byte[] entry)
    {
        _entries.Enqueue((entry, measure(entry)));
        _size += measure(entry);
        while (_size > limit)
        {
            _size -= _entries.Dequeue().Size;
        }
    }
}
