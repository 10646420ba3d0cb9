namespace HookRunner.Simulation.Agent;

/// <summary>
/// Cuts one pipe's bytes into lines as the agent's `each_line` does: at `\n` only, the last one also without it. The agent
/// holds a line whatever its length; here what is beyond 64 KiB of one is dropped, which its window cannot tell apart.
/// </summary>
internal sealed class LineSplitter(Action<byte[]> onLine)
{
    private const int Longest = 64 * 1024;

    private readonly List<byte> _line = [];

    public void Add(ReadOnlySpan<byte> bytes)
    {
        while (bytes.IndexOf((byte)'\n') is var end and >= 0)
        {
            Keep(bytes[..end]);
            _line.Add((byte)'\n');
            Flush();
            bytes = bytes[(end + 1)..];
        }

        Keep(bytes);
    }

    /// <summary>The pipe is at its end.</summary>
    public void Flush()
    {
        if (_line.Count > 0)
        {
            onLine([.. _line]);
            _line.Clear();
        }
    }

    private void Keep(ReadOnlySpan<byte> bytes) => _line.AddRange(bytes[..Math.Min(bytes.Length, Math.Max(0, Longest - _line.Count))]);
}
