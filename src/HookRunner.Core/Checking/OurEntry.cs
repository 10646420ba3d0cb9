namespace HookRunner.Core.Checking;

/// <summary>Which entries of appspec.yml run hookrunner: the executable, or a launcher that names it, beside hookrunner.yml.</summary>
internal static class OurEntry
{
    public const string Name = "hookrunner";

    /// <summary>By its name alone too: in a repository the bundle holds no executable yet.</summary>
    public static bool Is(string location, Func<string, BundleEntry?> entry)
    {
        var path = BundlePath.Normal(location);
        if (path.Contains('/', StringComparison.Ordinal))
        {
            return false;
        }

        return path.Contains(Name, StringComparison.Ordinal)
            || entry(path) is { IsBinary: true }
            || entry(path)?.Text?.Contains(Name, StringComparison.Ordinal) == true;
    }
}
