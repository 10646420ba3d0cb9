using System.Collections.Immutable;
using System.Globalization;

namespace HookRunner.Host.Steps.Containers;

/// <summary>A wanted container as words for the engine, and the digest by which one that runs already is known.</summary>
internal static class ContainerArguments
{
    /// <summary>For `docker create`, all but the name and the label.</summary>
    public static ImmutableArray<string> Of(ContainerRun wanted, ContainerEnvironment environment) =>
        [.. Options(wanted), .. environment.Options, wanted.Image.Text, .. wanted.Command.Select(word => word.Text)];

    /// <summary>
    /// Of everything that decides how the container runs. It is only compared, and hides nothing: who can read the label
    /// can read the container's environment too.
    /// </summary>
    public static string Digest(ContainerRun wanted, ContainerEnvironment environment)
    {
        const ulong start = 14695981039346656037, prime = 1099511628211;
        var hash = start;
        string[] words =
        [
            "1", .. Options(wanted), wanted.Image.Text, "", .. wanted.Command.Select(word => word.Text), "",
            .. environment.Values.SelectMany(pair => (string[])[pair.Name, pair.Value]),
        ];
        foreach (var character in words.SelectMany(word => word + '\0'))
        {
            hash = (hash ^ character) * prime;
        }

        return hash.ToString("x16", CultureInfo.InvariantCulture);
    }

    private static IEnumerable<string> Options(ContainerRun wanted) =>
    [
        "--restart", wanted.RestartPolicy,
        .. wanted.Ports.SelectMany(port => (string[])["--publish", port.Text]),
        .. wanted.Volumes.SelectMany(volume => (string[])["--volume", volume.Text]),
        .. wanted.Network is { } network ? (string[])["--network", network.Text] : [],
        .. wanted.User is { } user ? (string[])["--user", user.Text] : [],
        .. wanted.Options.Select(option => option.Text),
    ];
}
