using HookRunner.Host.Os;

namespace HookRunner.Simulation.Agent;

/// <summary>The two pipes of a script, read in the order in which they have something.</summary>
internal sealed class ScriptOutput(PipedProcess process, Action<string, byte[]> onLine)
{
    private readonly byte[] _buffer = new byte[64 * 1024];
    private readonly Stream[] _streams =
    [
        new("STDOUT", process.Output, new LineSplitter(line => onLine("[stdout]", line))),
        new("STDERR", process.Errors, new LineSplitter(line => onLine("[stderr]", line))),
    ];

    /// <summary>The stream that something still holds open; null where both are at their end.</summary>
    public string? OpenStream => Array.Find(_streams, stream => stream.End.IsOpen)?.Name;

    /// <summary>Waits until there is output, at most so long, and hands it on.</summary>
    public void Read(int milliseconds)
    {
        var ready = PipeEnd.Wait([.. _streams.Select(stream => stream.End).Where(end => end.IsOpen)], milliseconds);
        foreach (var stream in _streams.Where(stream => ready.Contains(stream.End)))
        {
            Read(stream);
        }
    }

    /// <summary>As the agent closes its ends: whoever still writes meets a broken pipe.</summary>
    public void Close()
    {
        foreach (var stream in _streams)
        {
            stream.End.Close();
        }
    }

    private void Read(Stream stream)
    {
        var count = stream.End.Read(_buffer);
        stream.Lines.Add(_buffer.AsSpan(0, count));
        if (count == 0)
        {
            stream.Lines.Flush();
            stream.End.Close();
        }
    }

    private sealed record Stream(string Name, PipeEnd End, LineSplitter Lines);
}
