namespace HookRunner.Host.Output;

/// <summary>
/// How long lines wait for a reader: counted from the first that had to, until one finds room at once. So many lines do not
/// wait one after the other.
/// </summary>
internal sealed class ReaderPatience(TimeSpan span)
{
    private long? _since;

    /// <summary>What is left of it; it starts to run with the first call.</summary>
    public TimeSpan Left()
    {
        _since ??= TimeProvider.System.GetTimestamp();
        return span - TimeProvider.System.GetElapsedTime(_since.Value);
    }

    public void Renew() => _since = null;
}
