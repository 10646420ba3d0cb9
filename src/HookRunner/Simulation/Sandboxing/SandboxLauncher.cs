using System.Text;
using CliWrap;
using CliWrap.Exceptions;
using HookRunner.Core.Reporting;
using HookRunner.Host.Os;

namespace HookRunner.Simulation.Sandboxing;

/// <summary>
/// The outer process: starts the inner one in namespaces of its own through unshare(1), passes its output on, and ends it
/// when told to stop.
/// </summary>
internal sealed class SandboxLauncher(SimulationRequest request, TextWriter output)
{
    /// <summary>The inner process's first line: the sandbox stands, all that follows is for people.</summary>
    public const string Ready = "hookrunner: the sandbox is ready";

    private const string UsualPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private readonly StringBuilder _reason = new();
    private bool _isReady;

    /// <summary>The exit status; null where this machine does not allow it, and <paramref name="reason"/> then says why.</summary>
    public int? Run(out string reason)
    {
        using var signals = TerminationSignals.Install();
        var status = Run(signals.Token);
        reason = _reason.ToString().Trim();
        if (_isReady && reason.Length > 0)
        {
            // Nobody but a defect writes there.
            output.WriteLine(reason);
        }

        return signals.Received != 0 ? ExitStatus.Signalled(signals.Received) : _isReady ? status : null;
    }

    private int? Run(CancellationToken stop)
    {
        if (ProgramFinder.Find("unshare", Environment.GetEnvironmentVariable("PATH") ?? UsualPath) is not { } unshare)
        {
            _reason.Append("`unshare` (util-linux) is not on the PATH");
            return null;
        }

        try
        {
            // The lifeline: a stdin that stays open as long as we live, and on which nothing is ever written.
            var lifeline = PipeSource.Create((_, cancellation) => Task.Delay(Timeout.Infinite, cancellation));
            return Command(unshare, lifeline).ExecuteAsync(stop).GetAwaiter().GetResult().ExitCode;
        }
        catch (OperationCanceledException)
        {
            return null;
        }
        catch (Exception e) when (e is CliWrapException or System.ComponentModel.Win32Exception)
        {
            _reason.Append(e.InnerException?.Message ?? e.Message);
            return null;
        }
    }

    private Command Command(string unshare, PipeSource lifeline) => Cli.Wrap(unshare)
        .WithArguments([
            .. (string[])(request.Sandbox == SandboxKind.User ? ["--user", "--map-root-user"] : []),
            .. (string[])(request.Network ? [] : ["--net"]),
            "--mount", "--propagation", "private", "--pid", "--fork", "--ipc", "--uts",
            request.Executable.Path, SimulateInside.Word, .. request.ToWords(),
        ])
        .WithEnvironmentVariables(variables => variables.Set("DOTNET_ROOT", request.Executable.Runtime))
        .WithValidation(CommandResultValidation.None)
        .WithStandardInputPipe(lifeline)
        .WithStandardOutputPipe(PipeTarget.ToDelegate(Relay, Encoding.UTF8))
        .WithStandardErrorPipe(PipeTarget.ToStringBuilder(_reason));

    private void Relay(string line)
    {
        if (_isReady)
        {
            output.WriteLine(line);
            output.Flush();
        }

        _isReady |= line == Ready;
    }
}
