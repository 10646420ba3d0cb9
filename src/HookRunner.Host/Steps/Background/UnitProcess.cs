using System.Collections.Immutable;
using HookRunner.Core.Steps;
using HookRunner.Host.Os;
using HookRunner.Host.Processes;
using HookRunner.Host.Processes.Background;
using HookRunner.Host.Steps.Service;

namespace HookRunner.Host.Steps.Background;

/// <summary>
/// The main process of a transient unit of systemd: it is in no control group of the agent's. Only what the oldest systemd
/// in use (219) knows is asked of systemd-run; the launcher that it starts does the rest.
/// </summary>
internal sealed class UnitProcess : BackgroundProcess
{
    private readonly Systemctl _systemctl;
    private readonly string _unit;
    private readonly FileDescriptor? _log;
    private readonly long _from;
    private ProcessEnd? _end;

    private UnitProcess(Systemctl systemctl, UnitState state, FileDescriptor? log, long from)
    {
        (_systemctl, _unit, _log, _from) = (systemctl, state.Name, log, from);
        Id = state.MainProcess;
        _end = Id == 0 ? EndOf(state) : null;
    }

    public override string Words => $"{_unit} (pid {Id})";

    /// <summary>Whether programs can be given to systemd here.</summary>
    public static bool IsPossible(StepRun run) =>
        !run.IsSimulated && Users.IsRoot && Directory.Exists("/run/systemd/system");

    public static Systemctl Talk(StepRun run, BackgroundWish wish) =>
        new(run, new ServiceRequest { Verb = ServiceVerb.Start, Units = [wish.Unit] });

    /// <summary>A failure where the name is that of a unit that the host has anyway; else it is free afterwards.</summary>
    public static StepOutcome? Free(Systemctl systemctl, BackgroundWish wish)
    {
        if (systemctl.Show([wish.Unit], out var failure) is not [var state])
        {
            return failure;
        }

        if (state.IsMissing)
        {
            return null;
        }

        if (state.FileState is not ("transient" or ""))
        {
            return new StepOutcome.Failed(
                $"`{wish.Unit}` is a unit of this host already, with a file of its own",
                $"start it by `service: {{ restart: {wish.Name} }}`, or give another `unit:`");
        }

        // A unit whose program ended with another status than 0 stays, failed, so that a person can look at it.
        return (state.ActiveState == "failed" ? null : systemctl.Do("stop", wish.Unit))
            ?? (systemctl.Show([wish.Unit], out failure) is [{ ActiveState: "failed" }] ? systemctl.Do("reset-failed", wish.Unit) : failure);
    }

    /// <param name="systemctl">Made before: the journal is read from then on.</param>
    public static BackgroundProcess? Start(
        StepRun run, Systemctl systemctl, BackgroundWish wish, (FileDescriptor Spec, FileDescriptor? Log) files, out StepOutcome? failure)
    {
        var from = 0L;
        files.Log?.Length(out from);
        var runtime = BackgroundLauncher.Runtime is { } root ? ImmutableArray.Create($"--setenv=DOTNET_ROOT={root}") : [];
        var report = run.RunHelper([
            "systemd-run", $"--unit={wish.Name}", $"--description=hookrunner: {wish.Name}", .. runtime, "--",
            .. BackgroundLauncher.Words(run.Executable, files.Spec, files.Log),
        ]);
        failure = report.End is ProcessEnd.Exited { Status: 0 } ? null
            : run.Judge(report, "systemd-run") is StepOutcome.Failed failed ? failed with { Detail = report.Tail } : run.Judge(report, "systemd-run");
        return failure is null && systemctl.Show([wish.Unit], out failure) is [var state] ? new UnitProcess(systemctl, state, files.Log, from) : null;
    }

    public override ProcessEnd? End()
    {
        if (_end is null && ProcessStat.Read(Id) is not { IsAlive: true })
        {
            _end = _systemctl.Show([_unit], out _) is [var state] ? EndOf(state) : new ProcessEnd.Exited(0);
        }

        return _end;
    }

    public override ImmutableArray<string> Tail() => _log is null ? _systemctl.Journal(_unit) : TailOf(_log, _from);

    /// <summary>A unit whose program ended with 0 is forgotten at once.</summary>
    private static ProcessEnd EndOf(UnitState state) => state.MainEnd ?? new ProcessEnd.Exited(0);
}
