using System.Text;

namespace HookRunner.Simulation;

/// <summary>
/// What the agent keeps of one event's output for the console: its last whole entries whose lengths add up to about 2,048
/// characters (agent 1.8.1, hook_executor.rb:15-31). An entry that is longer wipes everything before it and itself.
/// </summary>
internal sealed class DiagnosticsWindow
{
    public const int Size = 2048;

    private readonly List<Entry> _entries = [];

    /// <summary>One entry with its prefix and its newline, as bytes: the agent never decodes.</summary>
    public void Add(byte[] text)
    {
        _entries.Add(new Entry(text, Characters(text)));
        var rest = Size;
        var first = _entries.Count;
        while (first > 0 && rest - _entries[first - 1].Characters > 0)
        {
            first--;
            // As the agent counts: the entry before the one just let in, so that the newest is never taken off.
            rest -= _entries[first == 0 ? ^1 : first - 1].Characters;
        }

        _entries.RemoveRange(0, first);
    }

    public void Add(string text) => Add(Encoding.UTF8.GetBytes(text));

    /// <summary>False where a byte is not UTF-8: the agent then cannot write its report (command_poller.rb:241-245).</summary>
    public bool IsValid => _entries.TrueForAll(entry => System.Text.Unicode.Utf8.IsValid(entry.Text));

    public override string ToString() => string.Concat(_entries.Select(entry => Encoding.UTF8.GetString(entry.Text)));

    /// <summary>As Ruby counts them: code points, and one for each byte that belongs to none.</summary>
    private static int Characters(ReadOnlySpan<byte> text)
    {
        var count = 0;
        while (!text.IsEmpty)
        {
            var isValid = Rune.DecodeFromUtf8(text, out _, out var length) == System.Buffers.OperationStatus.Done;
            count += isValid ? 1 : length;
            text = text[length..];
        }

        return count;
    }

    private sealed record Entry(byte[] Text, int Characters);
}
