using System.Collections.Immutable;
using HookRunner.Host.Os;

namespace HookRunner.Simulation.Sandboxing;

/// <summary>
/// An empty /run: no socket, no pid file, no systemd. Programs find the directories that the machine made for them at boot,
/// and with the machine's network its resolver's addresses.
/// </summary>
internal sealed class RunDirectory
{
    private static readonly string[] Absent = ["systemd", "user", "netns", "docker", "containerd", "credentials"];

    private readonly ImmutableArray<(string Name, FileStatus Status)> _directories;
    private readonly (string Path, string Text)? _resolver;

    private RunDirectory(ImmutableArray<(string, FileStatus)> directories, (string, string)? resolver) =>
        (_directories, _resolver) = (directories, resolver);

    /// <summary>Remembers what the machine's has; to be called before anything covers it.</summary>
    public static RunDirectory Remember(bool hasNetwork)
    {
        var directories = ImmutableArray.CreateBuilder<(string, FileStatus)>();
        foreach (var path in Directory.Exists("/run") ? Directory.EnumerateDirectories("/run") : [])
        {
            var name = Path.GetFileName(path);
            if (!Absent.Contains(name) && FileStatus.Of(path, out var status) is null && status.IsDirectory)
            {
                directories.Add((name, status));
            }
        }

        var resolver = RealPath.Of("/etc/resolv.conf");
        var isHere = hasNetwork && resolver.StartsWith("/run/", StringComparison.Ordinal) && File.Exists(resolver);
        return new RunDirectory(directories.ToImmutable(), isHere ? (resolver, File.ReadAllText(resolver)) : null);
    }

    public PosixError? Build(SandboxStore store)
    {
        var run = store.InRoot("/run");
        var error = Mounts.New("tmpfs", run, "mode=0755");
        foreach (var (name, status) in _directories)
        {
            var path = Path.Join(run, name);
            error ??= PosixPath.MakeDirectory(path, status.Permissions);
            _ = store.Kind == SandboxKind.User ? null : PosixPath.ChangeOwner(path, status.User, status.Group);
            _ = PosixPath.ChangeMode(path, status.Permissions);
        }

        if (error is null && _resolver is { } resolver)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(store.InRoot(resolver.Path))!);
            File.WriteAllText(store.InRoot(resolver.Path), resolver.Text);
        }

        return error;
    }
}
