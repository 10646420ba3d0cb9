using System.Globalization;
using HookRunner.Host.Os;

namespace HookRunner.Host.State;

/// <summary>Where things of one application lie on this host. Nothing is made before <see cref="Create"/>.</summary>
internal sealed record StateLayout
{
    public const string JournalName = "journal.jsonl";

    public const string DefaultState = "/var/lib/hookrunner", DefaultLogs = "/var/log/hookrunner";

    /// <summary>The folder beside those of deployments for what `background` steps start: it outlives them.</summary>
    public const string BackgroundLogs = "background";

    public const uint DirectoryMode = 0x1E8, FileMode = 0x1A0;

    /// <summary>The folder of all applications: `/var/lib/hookrunner`, or `state:`.</summary>
    public required string Root { get; init; }

    /// <summary>The application's own folder.</summary>
    public required string Directory { get; init; }

    /// <summary>The application's logs: one folder a deployment, and `hookrunner.jsonl`.</summary>
    public required string Logs { get; init; }

    public string Journal => Path.Join(Directory, JournalName);

    /// <summary>The locks of all applications and links below this root. The dot keeps it apart from every application.</summary>
    public string Locks => Path.Join(Root, ".locks");

    /// <param name="state">`state:`; null: the places of the system.</param>
    public static StateLayout For(string application, string? state) => new()
    {
        Root = state ?? DefaultState,
        Directory = Path.Join(state ?? DefaultState, StateName.Of(application)),
        Logs = state is null
            ? Path.Join(DefaultLogs, StateName.Of(application))
            : Path.Join(state, StateName.Of(application), "log"),
    };

    /// <summary>Where a program of a `background` step without `log` writes.</summary>
    public string BackgroundLog(string name) => Path.Join(Logs, BackgroundLogs, $"{StateName.Of(name)}.log");

    /// <summary>Makes the folders of state and locks, 0750. That of the logs is made with an event's.</summary>
    public PosixError? Create() =>
        PosixPath.MakeDirectories(Directory, DirectoryMode) ?? PosixPath.MakeDirectories(Locks, DirectoryMode);

    /// <summary>Where a deployment's logs lie.</summary>
    public string DeploymentLogs(string deployment) => Path.Join(Logs, StateName.Of(deployment));

    /// <summary>Makes a folder of its own for one run of an event: `AfterInstall`, the second time `AfterInstall.2`.</summary>
    public PosixError? CreateEventLogs(string deployment, string eventName, out string directory)
    {
        const int mostRuns = 10_000;
        var first = directory = Path.Join(DeploymentLogs(deployment), StateName.Of(eventName));
        var error = PosixPath.MakeDirectories(DeploymentLogs(deployment), DirectoryMode) ?? PosixPath.MakeDirectory(first, DirectoryMode);
        for (var run = 2; error is { Number: Errno.EEXIST } && run <= mostRuns; run++)
        {
            directory = $"{first}.{run.ToString(CultureInfo.InvariantCulture)}";
            error = PosixPath.MakeDirectory(directory, DirectoryMode);
        }

        return error;
    }

    /// <summary>The file of one step inside an event's folder: `03-Install_gems.log`.</summary>
    public static string StepLog(string eventLogs, int number, string step) =>
        Path.Join(eventLogs, $"{number.ToString("00", CultureInfo.InvariantCulture)}-{StateName.Readable(step)}.log");
}
