using System.Diagnostics;
using System.Runtime.InteropServices;
using HookRunner.Host.Tests.Steps;

namespace HookRunner.SystemTests.Support;

/// <summary>A machine under a real systemd on which the executable runs as the agent's unit starts it.</summary>
public sealed class HookMachine : SystemdMachine
{
    private const string Inside = "/srv/bundles", Executables = "/opt/hookrunner-under-test", Runtime = "/usr/share/dotnet";

    private static readonly string Outside = Directory.CreateTempSubdirectory("machine-").FullName;

    private int _bundles;

    public HookMachine()
        : base([
            $"--bind={Outside}:{Inside}",
            $"--bind-ro={Path.GetDirectoryName(HookRunnerExecutable.Path)}:{Executables}",
            .. HookRunnerExecutable.IsNative ? [] : new[] { $"--bind-ro={Path.GetFullPath(Path.Join(RuntimeEnvironment.GetRuntimeDirectory(), "../../.."))}:{Runtime}" },
        ])
    {
    }

    /// <summary>A bundle that is there, by its path on the machine.</summary>
    /// <param name="hookFile">hookrunner.yml.</param>
    public string Bundle(string hookFile)
    {
        var name = $"{++_bundles}";
        var folder = Directory.CreateDirectory(Path.Join(Outside, name)).FullName;
        File.WriteAllText(Path.Join(folder, "hookrunner.yml"), hookFile);
        File.WriteAllText(Path.Join(folder, "appspec.yml"), "version: 0.0\nos: linux\nhooks: { ApplicationStart: [{ location: hookrunner, timeout: 120 }] }\n");
        File.CreateSymbolicLink(Path.Join(folder, "hookrunner"), $"{Executables}/{Path.GetFileName(HookRunnerExecutable.Path)}");
        return $"{Inside}/{name}";
    }

    /// <summary>Runs an event inside a unit that is called as the agent's and ends with it, as when the agent is updated.</summary>
    public (int Exit, string Output) Run(string bundle, string deployment = "d-1")
    {
        var start = new ProcessStartInfo(Enter[0], [
            .. Enter[1..], "systemd-run", "--quiet", "--wait", "--pipe", "--collect", $"--unit=codedeploy-agent-{Guid.NewGuid():N}",
            "--setenv=LIFECYCLE_EVENT=ApplicationStart", $"--setenv=DEPLOYMENT_ID={deployment}", "--setenv=APPLICATION_NAME=shop",
            "--setenv=DEPLOYMENT_GROUP_NAME=Staging-APP", "--setenv=DEPLOYMENT_GROUP_ID=1", $"{bundle}/hookrunner",
        ])
        { RedirectStandardOutput = true, RedirectStandardInput = true };
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output);
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        Directory.Delete(Outside, recursive: true);
    }
}
