using System.Globalization;
using HookRunner.Core.Steps;
using HookRunner.Host.Os;
using HookRunner.Host.Processes;
using HookRunner.Host.Steps.Stopping;

namespace HookRunner.Host.Steps.Background;

/// <summary>What runs under the same name or pid file already, and whether it is in the way.</summary>
internal sealed class EarlierProgram
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    private readonly BackgroundWish _wish;
    private readonly List<ProcessStat> _found;

    private EarlierProgram(BackgroundWish wish, List<ProcessStat> found) => (_wish, _found) = (wish, found);

    public bool IsThere => _found.Count > 0;

    public static EarlierProgram? Find(BackgroundWish wish, out StepOutcome? failure)
    {
        var found = BackgroundMembers.Of(wish.Name);
        failure = null;
        if (wish.PidFile is { } file)
        {
            failure = new PidFileTarget(file).Find(out var named);
            found.AddRange(named.Where(process => !found.Exists(known => known.Identity == process.Identity)));
        }

        return failure is null ? new EarlierProgram(wish, found) : null;
    }

    /// <summary>The process that this very step would start: same command, environment, user, folder, of the same deployment. 0: none.</summary>
    public int Same(string mark, ProcessRequest request)
    {
        var user = request.User?.Id ?? Users.CurrentId;
        foreach (var process in _found)
        {
            if (BackgroundMembers.MarkOf(process.Id, _wish.Name) == mark
                && BackgroundMembers.MarkOf(process.Parent, _wish.Name) is null
                && LiveProcesses.Describe([process])[0].UserId == user
                && (_wish.Port is not { } port || Holders(port).Exists(holder => BackgroundMembers.Include(holder, process.Id, _wish.Name))))
            {
                return process.Id;
            }
        }

        return 0;
    }

    /// <summary>What forbids to start under this name and on this port; null where nothing does.</summary>
    public StepOutcome.Failed? Conflict(ProcessRequest request)
    {
        var token = request.Environment.GetValueOrDefault(ProcessEnvironment.StepVariable, "");
        foreach (var process in _found)
        {
            if (ProcessEnvironment.StepOf(process.Id) is { } other && other != token && RunOf(other) == RunOf(token) && RunOf(token).Length > 0)
            {
                return new StepOutcome.Failed(
                    $"another step of this event runs as `{_wish.Name}` already (pid {process.Id})", "give each a `unit:` of its own");
            }
        }

        if (_wish.Port is not { } port || Holders(port).Find(holder => !IsAmong(holder)) is not { Id: > 0 } stranger)
        {
            return null;
        }

        return new StepOutcome.Failed(
            string.Create(CultureInfo.InvariantCulture, $"port {port} is in use: pid {stranger.Id} ({LiveProcesses.Describe([stranger])[0].Command}) listens there"),
            string.Create(CultureInfo.InvariantCulture, $"stop that first, as by `stop_process: {{ port: {port} }}`"));
    }

    /// <summary>Null where it runs no longer.</summary>
    public StepOutcome? Stop(StepRun run) => IsThere ? new TreeStop(run, _found, Grace).Run() : null;

    public string Replaced => IsThere ? $", in place of pid {_found[0].Id}" : "";

    private bool IsAmong(ProcessStat holder) => _found.Exists(process => BackgroundMembers.Include(holder, process.Id, _wish.Name));

    private static List<ProcessStat> Holders(int port) => ListeningSockets.HoldersOf(ListeningSockets.On(port));

    /// <summary>A token ends with what names the run of its event.</summary>
    private static string RunOf(string token) => token[(token.LastIndexOf(':') + 1)..];
}
