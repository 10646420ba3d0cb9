using System.Collections.Immutable;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace HookRunner.Host.Tests.Steps.Containers;

/// <summary>
/// A place of its own for containers: podman's, on runc, with images made of one static busybox. docker's client talks to
/// podman's service there, which speaks docker's interface: its words and answers are docker's, its engine is not.
/// </summary>
public sealed class EngineHost : IDisposable
{
    private const string Serving = """CMD ["/bin/sh", "-c", "trap 'exit 0' TERM; echo serving; sleep 1000 & wait"]""";

    private readonly TempFolder _folder = new();
    private readonly List<Process> _services = [];

    public EngineHost()
    {
        string[] needed =
        [
            "/usr/bin/podman", "/usr/sbin/runc", "/usr/bin/busybox", "/usr/bin/docker-registry",
            "/usr/bin/docker-compose", "/usr/bin/podman-compose", "/usr/lib/podman/netavark", "/usr/sbin/iptables",
        ];
        WhyNot = Array.Find(needed, program => !File.Exists(program)) is { } missing ? $"{missing} is not installed"
            : Docker is null ? "docker's client is not installed"
            : Environment.IsPrivilegedProcess ? null : "needs root";
        if (WhyNot is not null)
        {
            return;
        }

        Registry = $"127.0.0.1:{FreePort()}";
        MakeCertificate();
        Enter =
        [
            "env", $"CONTAINERS_CONF={_folder.Write("containers.conf", PodmanFolder.Settings)}", $"CONTAINERS_STORAGE_CONF={_folder.Write("storage.conf", PodmanFolder.Storage(_folder.Path))}",
            $"SSL_CERT_FILE={_folder.At("registry.crt")}",
            $"REGISTRY_AUTH_FILE={_folder.Write("auth.json", """{"auths":{}}""")}", $"HOME={_folder.Path}", $"DOCKER_HOST=unix://{_folder.At("engine.sock")}",
            $"PATH={Path.GetDirectoryName(Docker)}:/usr/sbin:/usr/bin:/sbin:/bin",
        ];
        MakeImages();
        _services.Add(Process.Start(new ProcessStartInfo(Enter[0], [.. Enter[1..], "podman", "--log-level=fatal", "system", "service", "--time", "0", $"unix://{_folder.At("engine.sock")}"]) { RedirectStandardError = true })!);
        SpinWait.SpinUntil(() => File.Exists(_folder.At("engine.sock")), TimeSpan.FromSeconds(10));
    }

    /// <summary>Why there is none; tests then skip with it.</summary>
    public string? WhyNot { get; }

    /// <summary>What stands before a program that works there.</summary>
    public ImmutableArray<string> Enter { get; } = [];

    /// <summary>The same with a network of its own, in which containers have bridges.</summary>
    public ImmutableArray<string> EnterNetwork => ["nsenter", $"--net={MakeNetwork()}", .. Enter, "env", $"CONTAINERS_CONF={_folder.At("bridged.conf")}"];

    /// <summary>Of a registry that <see cref="StartRegistry"/> starts.</summary>
    public string Registry { get; } = "";

    private static string? Docker => Array.Find(["/usr/local/bin/docker", "/usr/bin/docker"], File.Exists);

    /// <summary>Runs a shell text there; what it printed, or an exception where it failed.</summary>
    public string Shell(string text)
    {
        Skip.IfNot(WhyNot is null, WhyNot);
        using var process = Process.Start(new ProcessStartInfo(Enter[0], [.. Enter[1..], "sh", "-ec", text])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output.TrimEnd() : throw new InvalidOperationException($"exit status {process.ExitCode}: {text}\n{errors.Result}");
    }

    /// <summary>Builds an image of what stands under its FROM line.</summary>
    public void Image(string name, string lines)
    {
        _folder.Write("context/Containerfile", $"FROM localhost/base:1\n{lines}\n");
        Shell($"podman build --quiet --format docker --network=none --tag {name} {_folder.At("context")}");
    }

    /// <summary>A run of a step there.</summary>
    internal TestStepRun Run(TimeSpan? within = null, string? bundle = null, bool networked = false) =>
        new(bundle ?? _folder.Path, within) { HelperPrefix = networked ? EnterNetwork : Enter };

    /// <summary>One that knows the user `deploy` with the password `s3cret-pass` and nobody else.</summary>
    public void StartRegistry()
    {
        if (Answers(Registry))
        {
            return;
        }

        var users = _folder.Write("users", "deploy:$2y$04$x5esWmHYspH.K6AtXHvSZOZEwQAqPJGFHWpD19IMgzOGk9ib5uQN6\n");
        var settings = _folder.Write("registry.yml",
            $$"""
            version: 0.1
            log: { level: error }
            storage: { filesystem: { rootdirectory: {{_folder.At("registry")}} } }
            http: { addr: "{{Registry}}", tls: { certificate: {{_folder.At("registry.crt")}}, key: {{_folder.At("registry.key")}} } }
            auth: { htpasswd: { realm: shop, path: {{users}} } }
            """);
        _services.Add(Process.Start(new ProcessStartInfo("docker-registry", ["serve", settings]) { RedirectStandardError = true, RedirectStandardOutput = true })!);
        SpinWait.SpinUntil(() => Answers(Registry), TimeSpan.FromSeconds(10));
    }

    public void Dispose()
    {
        if (WhyNot is null)
        {
            Shell("podman rm --all --force --time 0 >/dev/null 2>&1 || true");
        }

        foreach (var service in _services)
        {
            service.Kill(entireProcessTree: true);
            service.WaitForExit();
            service.Dispose();
        }

        PodmanFolder.Remove(_folder.Path);
    }

    private void MakeImages()
    {
        Directory.CreateDirectory(_folder.At("root/bin"));
        File.Copy("/usr/bin/busybox", _folder.At("root/bin/busybox"));
        Shell($"""
            for name in sh sleep echo cat test touch env ls; do ln -s busybox {_folder.At("root/bin")}/$name; done
            mkdir {_folder.At("root/tmp")}
            tar -C {_folder.At("root")} -cf {_folder.At("root.tar")} .
            podman import --quiet {_folder.At("root.tar")} localhost/base:1
            """);
        Image("localhost/shop:1", Serving);
        Image("localhost/shop:2", $"LABEL version=2\n{Serving}");
        Image("localhost/broken:1", """CMD ["/bin/sh", "-c", "echo no database; echo giving up >&2; exit 3"]""");
        const string check = "HEALTHCHECK --interval=1s --timeout=5s --retries=2 --start-period=1s";
        Image("localhost/healthy:1", $"{check} CMD echo all is well\n{Serving}");
        Image("localhost/sick:1", $"{check} CMD echo out of order && test -f /nowhere\n{Serving}");
    }

    private string MakeNetwork()
    {
        var file = _folder.At("network");
        if (!File.Exists(file))
        {
            _folder.Write("network", "");
            _folder.Write("bridged.conf", PodmanFolder.Settings.Replace("netns = \"none\"\n", "", StringComparison.Ordinal) + "\n[network]\nnetwork_backend = \"netavark\"\n");
            Shell($"unshare --net={file} ip link set lo up");
        }

        return file;
    }

    private void MakeCertificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=registry", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        _folder.Write("registry.crt", certificate.ExportCertificatePem());
        _folder.Write("registry.key", key.ExportPkcs8PrivateKeyPem());
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static bool Answers(string address)
    {
        try
        {
            using var client = new TcpClient();
            client.Connect(IPEndPoint.Parse(address));
            return true;
        }
        catch (SocketException)
        {
            Thread.Sleep(50);
            return false;
        }
    }
}
