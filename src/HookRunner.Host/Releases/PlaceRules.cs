using System.Text;
using HookRunner.Core.Steps;
using HookRunner.Host.Os;
using HookRunner.Host.State;

namespace HookRunner.Host.Releases;

/// <summary>
/// Directories that are renamed or removed must hold nothing else of worth. The file's text was checked with the plan;
/// this looks at where the paths really lead.
/// </summary>
internal static class PlaceRules
{
    /// <summary>Null where the staging directory may be taken away.</summary>
    public static StepOutcome.Failed? RefuseStaging(ReleaseContext releases, string staging) =>
        Refuse("staging", staging, Guarded(releases))
        ?? (MountPoints.AtOrBelow(Real(staging)) is { } mount
            ? new StepOutcome.Failed($"`staging` {staging} has {mount} mounted in it", "a mount point cannot be renamed: take it away, or stage elsewhere")
            : null);

    public static StepOutcome.Failed? RefuseReleases(ReleaseContext releases, string directory) => Refuse("releases", directory, Guarded(releases));

    /// <summary>A path with all links on the way to its last entry resolved; as it is where that is not there.</summary>
    public static string Real(string path)
    {
        var trimmed = path.Length > 1 ? path.TrimEnd('/') : path;
        return HostLock.Identity(trimmed);
    }

    private static StepOutcome.Failed? Refuse(string key, string directory, IEnumerable<(string What, string Path)> guarded)
    {
        var real = Real(directory);
        foreach (var (what, path) in guarded)
        {
            if (path == real || path.StartsWith(real + "/", StringComparison.Ordinal))
            {
                return new StepOutcome.Failed($"`{key}` {directory} {(path == real ? "is" : "contains")} {what} {path}", "give it a directory of its own");
            }
        }

        return null;
    }

    private static IEnumerable<(string What, string Path)> Guarded(ReleaseContext releases)
    {
        yield return ("the link", Real(releases.Plan.Release!.Link));
        yield return ("the bundle", Real(releases.Plan.Deployment.Bundle));
        yield return ("the state directory", Real(releases.Layout.Root));
        foreach (var home in Homes())
        {
            yield return ("the home directory", home);
        }
    }

    /// <summary>Of the users in /etc/passwd: a directory service's are not worth asking a network for.</summary>
    private static IEnumerable<string> Homes()
    {
        const int homeField = 5;
        foreach (var line in Encoding.UTF8.GetString(ProcFile.ReadAll("/etc/passwd")).Split('\n'))
        {
            if (line.Split(':') is { Length: > homeField } fields && fields[homeField].TrimEnd('/') is { Length: > 1 } home)
            {
                yield return home;
            }
        }
    }
}
