using System.Text;

namespace HookRunner.Host.Bundles;

/// <summary>
/// Finds the bundle: never by the working directory, which is `/` under the agent. The agent calls the executable by its
/// absolute path inside the bundle (agent 1.8.1, hook_executor.rb:233-235).
/// </summary>
internal static class BundleLocator
{
    public const string FileName = "hookrunner.yml";

    /// <summary>The first candidate that holds hookrunner.yml, or null. <paramref name="looked"/> names all of them.</summary>
    public static string? Find(string? option, string? variable, out IReadOnlyList<string> looked)
    {
        var candidates = Candidates(option, variable).Distinct().ToList();
        looked = candidates;
        return candidates.Find(candidate => File.Exists(Path.Join(candidate, FileName)));
    }

    /// <summary>What a person named is the only candidate: another place would surprise.</summary>
    private static IEnumerable<string> Candidates(string? option, string? variable)
    {
        if (option is { Length: > 0 } || variable is { Length: > 0 })
        {
            return [Path.GetFullPath(option is { Length: > 0 } ? option : variable!)];
        }

        return CalledBy() is { } called && called.Contains('/')
            ? [Path.GetDirectoryName(Path.GetFullPath(called))!, .. RealFolder()]
            : RealFolder();
    }

    /// <summary>The first word of /proc/self/cmdline: the path as it was called, links not followed.</summary>
    private static string? CalledBy()
    {
        try
        {
            var words = File.ReadAllBytes("/proc/self/cmdline").AsSpan();
            var end = words.IndexOf((byte)0);
            return end > 0 ? Encoding.UTF8.GetString(words[..end]) : null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static IEnumerable<string> RealFolder() =>
        Path.GetDirectoryName(Environment.ProcessPath) is { } folder ? [folder] : [];
}
