namespace HookRunner.Host.Execution;

/// <summary>What steps of one event hand to later ones: captured output. Nothing crosses events but files.</summary>
internal sealed class EventValues
{
    private readonly Dictionary<string, string> _captured = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, string> Captured => _captured;

    public void Capture(string name, string value) => _captured[name] = value;
}
