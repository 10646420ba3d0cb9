using HookRunner.Core.Deployment;

namespace HookRunner.SystemTests.Support;

/// <summary>
/// A revision unpacked in a folder of its own, with everything it may write beside it, so that no test touches the real
/// /var/lib/hookrunner. What its steps left running is stopped when it is disposed.
/// </summary>
internal sealed class Bundle : IDisposable
{
    private readonly int _timeout;

    private Bundle(int timeout)
    {
        _timeout = timeout;
        Root = Directory.CreateTempSubdirectory("hookrunner-").FullName;
        File.SetUnixFileMode(Root, Octal("755"));
        Archive = Directory.CreateDirectory(Path.Join(Root, "deployment-archive")).FullName;
    }

    /// <summary>The folder that goes away at the end.</summary>
    public string Root { get; }

    /// <summary>The revision: appspec.yml, hookrunner.yml, the executable.</summary>
    public string Archive { get; }

    /// <summary>What `state:` in hookrunner.yml names.</summary>
    public string State => Path.Join(Root, "state");

    /// <summary>Unlike any other test's, so that processes of this one can be told by their environment.</summary>
    public string DeploymentId { get; } = "d-" + Guid.NewGuid().ToString("N")[..9].ToUpperInvariant();

    /// <summary>With hookrunner in all nine events.</summary>
    /// <param name="hookFile">hookrunner.yml; `@ROOT@` stands for <see cref="Root"/>; `state:` is added where it has none.</param>
    /// <param name="timeout">Of each event in appspec.yml, in seconds.</param>
    public static Bundle Create(string hookFile, int timeout = 60)
    {
        var bundle = Empty(timeout);
        HookRunnerExecutable.PlaceAt(Path.Join(bundle.Archive, "hookrunner"));
        var hooks = LifecycleEvents.Names.Select(name => $"  {name}: [{{ location: hookrunner, timeout: {timeout} }}]\n");
        bundle.Write("appspec.yml", $"version: 0.0\nos: linux\nhooks:\n{string.Concat(hooks)}");
        bundle.WriteHookFile(hookFile);
        return bundle;
    }

    /// <summary>Without the three files.</summary>
    public static Bundle Empty(int timeout = 60) => new(timeout);

    /// <summary>Writes hookrunner.yml anew, as the next revision of the same application has it.</summary>
    public void WriteHookFile(string text)
    {
        var state = text.Split('\n').Any(line => line.StartsWith("state:", StringComparison.Ordinal)) ? "" : "\nstate: @ROOT@/state\n";
        Write("hookrunner.yml", (text + state).Replace("@ROOT@", Root, StringComparison.Ordinal));
    }

    /// <summary>Writes a file of the revision and returns its path.</summary>
    public string Write(string relative, string content, string mode = "644")
    {
        var path = Path.Join(Archive, relative);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
        File.SetUnixFileMode(path, Octal(mode));
        return path;
    }

    /// <summary>A path beside the revision, for what a test's steps make.</summary>
    public string PathOf(string relative) => Path.Join(Root, relative);

    /// <summary>An event of this bundle's deployment; change it by `with`.</summary>
    public HookCall Call(string name) => new(Archive, name)
    {
        DeploymentId = DeploymentId,
        Timeout = TimeSpan.FromSeconds(_timeout),
    };

    public void Dispose()
    {
        foreach (var pid in ProcessTable.With("DEPLOYMENT_ID", DeploymentId))
        {
            _ = Posix.Kill(pid, Posix.SIGKILL);
        }

        Directory.Delete(Root, recursive: true);
    }

    private static UnixFileMode Octal(string mode) => (UnixFileMode)Convert.ToInt32(mode, 8);
}
