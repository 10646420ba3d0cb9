namespace HookRunner.Host.Execution;

/// <summary>What steps of one event hand to later ones: captured output. Nothing crosses events but files.</summary>
internal sealed class EventValues
{
    private readonly Dictionary<string, string> _captured = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, string> Captured => _captured;

    /// <summary>Those of them that are secret.</summary>
    public HashSet<string> Secrets { get; } = new(StringComparer.Ordinal);

    public void Capture(string name, string value, bool isSecret)
    {
        _captured[name] = value;
        if (isSecret)
        {
            Secrets.Add(value);
        }
    }
}
