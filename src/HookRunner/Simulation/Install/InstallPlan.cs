using HookRunner.Core.Deployment;

namespace HookRunner.Simulation.Install;

/// <summary>
/// What Install will do, worked out whole before its first effect, with the agent's checks and words
/// (installer.rb:58-147, install_instruction.rb:76-120).
/// </summary>
internal sealed class InstallPlan(string fileExistsBehavior)
{
    private readonly Dictionary<string, string> _copies = new(StringComparer.Ordinal);
    private readonly HashSet<string> _directories = new(StringComparer.Ordinal);

    /// <summary>In the order in which they are done.</summary>
    public List<InstallStep> Steps { get; } = [];

    public IEnumerable<string> Copies => _copies.Keys;

    public IEnumerable<string> Directories => _directories;

    /// <exception cref="InstallException">Something is in the way.</exception>
    public void AddFiles(AppSpecFile item, string archive)
    {
        var source = Path.Join(archive, item.Source);
        var destination = Path.Join("/", item.Destination);
        if (Directory.Exists(source))
        {
            AddMissingParents(destination);
            AddDirectory(source, destination);
            return;
        }

        destination = Path.Join(destination, Path.GetFileName(source.TrimEnd('/')));
        AddMissingParents(destination);
        AddFile(source, destination);
    }

    public bool IsCopied(string path) => _copies.ContainsKey(Absolute(path));

    public bool IsMade(string path) => _directories.Contains(Absolute(path));

    /// <summary>As the agent makes a path absolute: its working directory is `/`, links are not resolved.</summary>
    public static string Absolute(string path) =>
        Path.GetFullPath(path, "/") is { Length: > 1 } full ? full.TrimEnd('/') : "/";

    private void AddMissingParents(string destination)
    {
        var missing = new Stack<string>();
        for (var parent = Path.GetDirectoryName(destination); parent is { Length: > 1 } && !Path.Exists(parent); parent = Path.GetDirectoryName(parent))
        {
            missing.Push(parent);
        }

        foreach (var directory in missing)
        {
            AddNewDirectory(directory);
        }
    }

    private void AddDirectory(string source, string destination)
    {
        if (!Directory.Exists(destination))
        {
            AddNewDirectory(destination);
        }

        foreach (var entry in Directory.EnumerateFileSystemEntries(source).Order(StringComparer.Ordinal))
        {
            var target = Path.Join(destination, Path.GetFileName(entry));
            if (Directory.Exists(entry))
            {
                AddDirectory(entry, target);
            }
            else
            {
                AddFile(entry, target);
            }
        }
    }

    private void AddNewDirectory(string written)
    {
        var path = Absolute(written);
        if (_copies.TryGetValue(path, out var source))
        {
            throw new InstallException($"The deployment failed because the application specification file includes an mkdir command more than once for the same destination path ({path}) from ({source}). Update the files section of the AppSpec file, and then try again.");
        }

        if (_directories.Add(path))
        {
            Steps.Add(new InstallStep.MakeDirectory(path));
        }
    }

    private void AddFile(string source, string written)
    {
        var destination = Absolute(written);
        if (Path.Exists(destination) && IsInTheWay(destination))
        {
            return;
        }

        if (_copies.TryGetValue(destination, out var other))
        {
            throw new InstallException($"The deployment failed because the application specification file specifies two source files named {source} and {other} for the same destination ({destination}). Remove one of the source file paths from the AppSpec file, and then try again.");
        }

        if (_directories.Contains(destination))
        {
            throw new InstallException($"The deployment failed because the application specification file calls for installing the file {source}, but a file with that name already exists at the location ({destination}). Update your AppSpec file or directory structure, and then try again.");
        }

        _copies.Add(destination, source);
        Steps.Add(new InstallStep.Copy(source, destination));
    }

    /// <summary>True where the file that is there stays.</summary>
    private bool IsInTheWay(string destination) => fileExistsBehavior switch
    {
        "OVERWRITE" => false,
        "RETAIN" => true,
        _ => throw new InstallException($"The deployment failed because a specified file already exists at this location: {destination}"),
    };
}
