using System.Diagnostics;
using HookRunner.Host.Os;
using HookRunner.Host.Tests.Steps.Containers;

namespace HookRunner.SystemTests.Support;

/// <summary>A place of its own for podman's containers, with one image, `localhost/shop:1`, made of a static busybox.</summary>
internal sealed class PodmanPlace : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("podman-").FullName;

    public PodmanPlace()
    {
        var missing = Array.Find(["/usr/bin/podman", "/usr/sbin/runc", "/usr/bin/busybox"], program => !File.Exists(program));
        Skip.IfNot(missing is null, $"{missing} is not installed");
        Skip.IfNot(System.Environment.IsPrivilegedProcess, "needs root");
        File.WriteAllText(At("containers.conf"), PodmanFolder.Settings);
        File.WriteAllText(At("storage.conf"), PodmanFolder.Storage(_root));
        Shell($"""
            mkdir -p {At("root")}/bin {At("root")}/tmp
            cp /usr/bin/busybox {At("root")}/bin
            for name in sh sleep echo cat; do ln -s busybox {At("root")}/bin/$name; done
            tar -C {At("root")} -cf {At("root.tar")} .
            podman import --quiet --change 'CMD ["/bin/sh", "-c", "trap \"exit 0\" TERM; echo serving; sleep 1000 & wait"]' {At("root.tar")} localhost/shop:1
            """);
    }

    /// <summary>For `env:` in hookrunner.yml: what podman, and docker after <see cref="Serve"/>, must see to work here.</summary>
    public string Environment =>
        $"{{ CONTAINERS_CONF: {At("containers.conf")}, CONTAINERS_STORAGE_CONF: {At("storage.conf")}, DOCKER_HOST: 'unix://{At("engine.sock")}' }}";

    /// <summary>From now on podman's service speaks docker's interface.</summary>
    public void Serve()
    {
        var missing = Array.Find(["docker", "docker-compose"], program => ProgramFinder.Find(program, "/usr/local/bin:/usr/bin") is null);
        Skip.IfNot(missing is null, $"{missing} is not installed");
        Shell($"setsid podman --log-level=fatal system service --time 0 unix://{At("engine.sock")} </dev/null >/dev/null 2>&1 & echo $! >{At("service")}");
        SpinWait.SpinUntil(() => File.Exists(At("engine.sock")), TimeSpan.FromSeconds(10));
    }

    /// <summary>Runs a shell text there; what it printed, or an exception where it failed.</summary>
    public string Shell(string text)
    {
        var start = new ProcessStartInfo("sh", ["-ec", text]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["CONTAINERS_CONF"] = At("containers.conf");
        start.Environment["CONTAINERS_STORAGE_CONF"] = At("storage.conf");
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output.TrimEnd() : throw new InvalidOperationException($"exit status {process.ExitCode}: {text}\n{errors.Result}");
    }

    public void Dispose()
    {
        Shell($$"""
            podman rm --all --force --time 0 >/dev/null 2>&1 || true
            [ ! -e {{At("service")}} ] || kill $(cat {{At("service")}})
            """);
        PodmanFolder.Remove(_root);
    }

    private string At(string name) => Path.Join(_root, name);
}
