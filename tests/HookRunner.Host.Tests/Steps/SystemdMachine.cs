using System.Collections.Immutable;
using System.Diagnostics;

namespace HookRunner.Host.Tests.Steps;

/// <summary>
/// A machine of its own under a real systemd: a container that boots in half a second from a Debian tree, which is made
/// once (mmdebstrap, a minute) and kept in /var/cache.
/// </summary>
public class SystemdMachine : IDisposable
{
    private const string Tree = "/var/cache/hookrunner-tests/systemd-1";
    private const string Packages = "systemd-sysv,dbus,curl,iproute2,procps,libstdc++6,nginx-light";

    private static int _count;

    private readonly Process? _boot;

    public SystemdMachine()
        : this([])
    {
    }

    /// <param name="options">Of systemd-nspawn, such as directories of this machine that it shall see.</param>
    protected SystemdMachine(params string[] options)
    {
        WhyNot = MakeTree();
        if (WhyNot is not null)
        {
            return;
        }

        var script = Path.Join(AppContext.BaseDirectory, "Steps/boot-systemd.sh");
        var name = $"hookrunner-{Environment.ProcessId}-{Interlocked.Increment(ref _count)}";
        _boot = Process.Start(new ProcessStartInfo("unshare", ["-m", "--propagation", "private", "bash", script, Tree, name, .. options])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        var line = _boot.StandardOutput.ReadLine() ?? "";
        WhyNot = int.TryParse(line, out _) ? null : $"systemd did not boot: {line} {_boot.StandardOutput.ReadLine()}";
        Enter = ["nsenter", "-t", line, "-a", "-r", "-w"];
    }

    /// <summary>Why there is none; tests then skip with it.</summary>
    public string? WhyNot { get; }

    /// <summary>What stands before a command that runs in there.</summary>
    public ImmutableArray<string> Enter { get; } = [];

    /// <summary>Runs a shell text in there; what it printed, or an exception where it failed.</summary>
    public string Shell(string text)
    {
        using var process = Process.Start(new ProcessStartInfo(Enter[0], [.. Enter[1..], "sh", "-ec", text]) { RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output.TrimEnd() : throw new InvalidOperationException($"exit status {process.ExitCode}: {text}\n{output}");
    }

    /// <summary>Installs a unit whose service section is given. systemd is not told.</summary>
    public void Unit(string name, string service, string install = "WantedBy=multi-user.target") => Shell(
        $"""
        cat > /etc/systemd/system/{name} <<'END'
        [Unit]
        StartLimitIntervalSec=5
        StartLimitBurst=3
        [Service]
        {service.ReplaceLineEndings("\n")}
        [Install]
        {install}
        END
        """);

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (_boot is null)
        {
            return;
        }

        _boot.StandardInput.Close();
        _boot.WaitForExit(TimeSpan.FromSeconds(20));
        _boot.Dispose();
    }

    private static string? MakeTree()
    {
        if (Directory.Exists(Tree))
        {
            return null;
        }

        if (Array.Find(["mmdebstrap", "systemd-nspawn"], tool => !File.Exists($"/usr/bin/{tool}")) is { } missing)
        {
            return $"{missing} is not installed (apt-get install mmdebstrap systemd-container)";
        }

        var made = $"{Tree}.{Environment.ProcessId}";
        Directory.CreateDirectory(Path.GetDirectoryName(Tree)!);
        using var process = Process.Start("mmdebstrap", ["--quiet", "--variant=minbase", $"--include={Packages}", "bookworm", made, "http://deb.debian.org/debian"]);
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            return $"mmdebstrap ended with exit status {process.ExitCode}";
        }

        if (!Directory.Exists(Tree))
        {
            Directory.Move(made, Tree);
        }

        return null;
    }
}
