using System.Globalization;
using HookRunner.Core.Steps;
using HookRunner.Host.Processes;

namespace HookRunner.Host.Steps.Stopping;

/// <summary>Every process that accepts connections on a TCP port of this host, on whatever address.</summary>
internal sealed class PortTarget(int port) : StopTarget
{
    private const string StopContainer = "stop the container, as by `docker stop`";

    private static readonly string[] Publishers = ["docker-proxy", "rootlessport"];

    public override StepOutcome.Failed? Find(out List<ProcessStat> found)
    {
        var sockets = ListeningSockets.On(port);
        found = ListeningSockets.HoldersOf(sockets);
        if (sockets.Count > 0 && found.Count == 0 && ListeningSockets.On(port).Count > 0)
        {
            return new StepOutcome.Failed($"{Words} by a process that hookrunner cannot look into", "run the hook as root (leave out `runas`)");
        }

        foreach (var process in found)
        {
            if (!RunningProgram.IsOfOurNamespace(process.Id) || Publishers.Contains(ProgramOf(process)))
            {
                return new StepOutcome.Failed($"{Words} by pid {process.Id} ({ProgramOf(process)}), for a container", StopContainer);
            }
        }

        return found.Exists(process => process.Id == 1)
            ? new StepOutcome.Failed($"{Words} by systemd itself, for a socket unit", "stop that: `service: { stop: NAME.socket }`")
            : Refuse(found, () => $"what listens on port {port}");
    }

    private string Words => string.Create(CultureInfo.InvariantCulture, $"port {port} is listened on");

    private static string ProgramOf(ProcessStat process) =>
        Path.GetFileName(LiveProcesses.Describe([process])[0].Command.Split(' ')[0]);
}
