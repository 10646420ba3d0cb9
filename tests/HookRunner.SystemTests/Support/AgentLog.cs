using System.Buffers;
using System.Collections.Immutable;
using System.Text;

namespace HookRunner.SystemTests.Support;

/// <summary>What an agent does with a hook's output: its window, and for the test every line and byte.</summary>
internal abstract class AgentLog
{
    private readonly ImmutableArray<string>.Builder _lines = ImmutableArray.CreateBuilder<string>();
    private readonly ArrayBufferWriter<byte> _output = new();

    protected abstract DiagnosticsWindow Entries { get; }

    public byte[] Window => Entries.Bytes;

    public ImmutableArray<string> Lines => _lines.ToImmutable();

    public byte[] Output => _output.WrittenSpan.ToArray();

    /// <summary>A line of the agent's own, such as `Script - hookrunner`.</summary>
    public void AddHeader(string text) => Entries.Add(Entry("", Encoding.UTF8.GetBytes(text), terminated: true));

    public void Attach(HookStream stream)
    {
        var cutter = new LineCutter(LongestLine, (line, terminated) => Add(stream.Prefix, line, terminated));
        stream.Reader = chunk =>
        {
            _output.Write(chunk.Span);
            return cutter.Read(chunk);
        };
    }

    protected abstract int LongestLine { get; }

    protected abstract byte[] Entry(string prefix, byte[] line, bool terminated);

    /// <summary>Why this line ends the reading of its stream; null: it does not.</summary>
    protected abstract string? Refusal(byte[] line);

    protected virtual bool IsDropped(byte[] line) => false;

    private string? Add(string prefix, byte[] line, bool terminated)
    {
        _lines.Add(Encoding.UTF8.GetString(line));
        if (!IsDropped(line))
        {
            Entries.Add(Entry(prefix, line, terminated));
        }

        return Refusal(line);
    }
}
