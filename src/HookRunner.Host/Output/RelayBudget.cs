namespace HookRunner.Host.Output;

/// <summary>How much of one step's output is still relayed as it comes.</summary>
internal sealed class RelayBudget(int bytes = RelayBudget.OfStep)
{
    /// <summary>Bytes of a step that go out as they come.</summary>
    public const int OfStep = 64 * 1024;

    private int _left = bytes;

    public bool IsSpent { get; private set; } = bytes == 0;

    /// <summary>The whole lines from the start of <paramref name="lines"/> that may still go out.</summary>
    public ReadOnlySpan<byte> Take(ReadOnlySpan<byte> lines)
    {
        if (lines.Length <= _left)
        {
            _left -= lines.Length;
            return lines;
        }

        IsSpent = true;
        return lines[..(lines[.._left].LastIndexOf((byte)'\n') + 1)];
    }
}
