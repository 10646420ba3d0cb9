namespace HookRunner.Host.Output;

/// <summary>Knows the secrets of a run and hides them in whatever is about to be shown.</summary>
internal sealed class SecretMask
{
    private readonly List<string> _secrets = [];

    public bool IsEmpty => _secrets.Count == 0;

    /// <summary>From now on this value is hidden.</summary>
    public void Add(string secret) => _secrets.Add(secret);

    /// <summary>The text with every secret in it replaced.</summary>
    public string Apply(string text)
    {
        foreach (var secret in _secrets)
        {
            text = text.Replace(secret, "***", StringComparison.Ordinal);
        }

        return text;
    }
}
