using HookRunner.Core.Steps;
using HookRunner.Host.Os;
using HookRunner.Host.Processes;
using HookRunner.Host.Processes.Background;
using HookRunner.Host.State;
using HookRunner.Host.Steps.Service;
using HookRunner.Host.Steps.Stopping;

namespace HookRunner.Host.Steps.Background;

/// <summary>
/// Starts a program that outlives the step: all that can be wrong is looked at first, then what runs under its name is
/// stopped, then it is started and looked after.
/// </summary>
internal sealed class BackgroundAct
{
    private readonly StepRun _run;
    private readonly BackgroundWish _wish;
    private readonly Systemctl? _systemctl;

    private BackgroundAct(StepRun run, BackgroundWish wish)
    {
        (_run, _wish) = (run, wish);
        _systemctl = UnitProcess.IsPossible(run) ? UnitProcess.Talk(run, wish) : null;
    }

    public static StepOutcome Do(StepRun run, BackgroundWish wish) => new BackgroundAct(run, wish).Do();

    private StepOutcome Do()
    {
        if (_run.Prepare(_wish.Command, out var refused) is not { } request)
        {
            return Failed(refused!);
        }

        var path = ProgramFinder.Find(request.Program, request.Environment.GetValueOrDefault("PATH", ""), request.WorkingDirectory);
        if (path is null || StartFailure.CutText(request) is not null)
        {
            return Failed(path is null ? StartFailure.NoSuchProgram(request) : StartFailure.CutText(request)!);
        }

        var mark = BackgroundMark.Of(_wish, path, request);
        request = request with { Environment = request.Environment.SetItem(ProcessEnvironment.BackgroundVariable, mark) };
        if (EarlierProgram.Find(_wish, out var failure) is not { } earlier)
        {
            return failure!;
        }

        return earlier.Same(mark, request) is var same and > 0
            ? new StepOutcome.Succeeded($"already runs as pid {same}")
            : earlier.Conflict(request) ?? Replace(earlier, LaunchSpec.For(path, request), mark);
    }

    private StepOutcome Replace(EarlierProgram earlier, LaunchSpec spec, string mark)
    {
        if (PidPlace.Find(_wish.PidFile, out var pidPlace) is { } noPlace)
        {
            return Failed(noPlace);
        }

        using (pidPlace)
        {
            FileDescriptor? log = null;
            if (LogPath is { } logPath && BackgroundLog.Open(logPath, spec.Request, out log) is { } closed)
            {
                return Failed(closed);
            }

            using (log)
            {
                return earlier.Stop(_run)
                    ?? (_systemctl is null ? null : UnitProcess.Free(_systemctl, _wish))
                    ?? Start(earlier, (spec, mark), log, pidPlace);
            }
        }
    }

    private StepOutcome Start(EarlierProgram earlier, (LaunchSpec Spec, string Mark) what, FileDescriptor? log, PidPlace? pidPlace)
    {
        var unwritten = what.Spec.Write(out var file);
        using (file)
        {
            if (unwritten is not null)
            {
                return new StepOutcome.Failed(unwritten.ToString());
            }

            StepOutcome? failure = null;
            PosixError? error = null;
            var process = _systemctl is null
                ? DetachedProcess.Start(_run, file, log!, out error)
                : UnitProcess.Start(_run, _systemctl, _wish, (file, log), out failure);
            if (process is null)
            {
                return failure ?? new StepOutcome.Failed(error!.ToString());
            }

            failure = Written(pidPlace, process) ?? new BackgroundWatch(_run, _wish, what.Mark, process).Wait();
            return failure is null ? Succeeded(process, earlier) : Undone(failure, process, pidPlace);
        }
    }

    private StepOutcome.Succeeded Succeeded(BackgroundProcess process, EarlierProgram earlier)
    {
        if (_systemctl is null && ProcessStat.Read(process.Id) is { } stat
            && LiveProcesses.Describe([stat])[0] is { SharesOurControlGroup: true } live
            && live.ControlGroup.Contains("codedeploy", StringComparison.Ordinal))
        {
            _run.Say($"warning: pid {process.Id} sits in {live.ControlGroup}: an update of the agent ends it; as root, on a host with systemd, it would be a unit of its own");
        }

        return new StepOutcome.Succeeded($"runs as {process.Words}{earlier.Replaced}");
    }

    /// <summary>Nothing of a start that failed stays behind.</summary>
    private StepOutcome Undone(StepOutcome failure, BackgroundProcess process, PidPlace? pidPlace)
    {
        List<ProcessStat> left = [.. BackgroundMembers.Of(_wish.Name)];
        if (process.End() is null && ProcessStat.Read(process.Id) is { } main && !left.Exists(member => member.Identity == main.Identity))
        {
            left.Add(main);
        }

        TreeStop.Hurry(left);
        process.End();
        pidPlace?.Remove();
        return failure;
    }

    private static StepOutcome? Written(PidPlace? place, BackgroundProcess process) =>
        place is null || process.Id == 0 || place.Write(process.Id) is not { } error ? null : new StepOutcome.Failed(error.ToString());

    private string? LogPath
    {
        get
        {
            if (_wish.Log is not null || _systemctl is not null)
            {
                return _wish.Log;
            }

            var path = StateLayout.For(_run.Plan.Application, _run.Plan.State).BackgroundLog(_wish.Name);
            PosixPath.MakeDirectories(Path.GetDirectoryName(path)!, StateLayout.DirectoryMode);
            return path;
        }
    }

    private static StepOutcome.Failed Failed(ProcessEnd.NotStarted refused) => new(refused.Reason, refused.Hint, refused.Exit);

    private static StepOutcome.Failed Failed(PathTrouble trouble) => new(trouble.Reason, trouble.Remedy);
}
