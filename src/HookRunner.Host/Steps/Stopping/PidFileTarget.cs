using System.Globalization;
using HookRunner.Core.Steps;
using HookRunner.Host.Os;
using HookRunner.Host.Processes;

namespace HookRunner.Host.Steps.Stopping;

/// <summary>
/// The process whose pid a file holds. The file is believed only as far as its owner could stop the process himself, and
/// not where the process began after the file was written: pids come back.
/// </summary>
internal sealed class PidFileTarget(string path) : StopTarget
{
    private PidFile? _file;
    private string _doubt = "";

    public override bool CanComeBack => false;

    public override StepOutcome.Failed? Find(out List<ProcessStat> found)
    {
        found = [];
        if (PidFile.Read(path, out _file) is { } trouble)
        {
            return new StepOutcome.Failed(trouble.Reason, trouble.Remedy);
        }

        if (_file is not { } file || ProcessStat.Read(file.Id) is not { IsAlive: true } process)
        {
            return null;
        }

        if (file.IsOlderThan(process))
        {
            _doubt = $": pid {process.Id} of {path} is another process's by now";
            return null;
        }

        found.Add(process);
        return Refuse(found, () => $"the process of `{path}`") ?? Foreign(file, process);
    }

    /// <summary>The file, where it still is the one that was read.</summary>
    public override string Clear()
    {
        var isRemoved = false;
        var error = _file is null ? null : PidFile.Remove(path, _file, out isRemoved);
        return _doubt + (error is not null ? $"; {path} stays: {error}" : isRemoved ? $"; removed {path}" : "");
    }

    /// <summary>Else whoever may write the file could have hookrunner stop what is not theirs.</summary>
    private StepOutcome.Failed? Foreign(PidFile file, ProcessStat process)
    {
        var live = LiveProcesses.Describe([process])[0];
        return file.Owner == 0 || file.Owner == Users.CurrentId || file.Owner == live.UserId ? null : new StepOutcome.Failed(
            $"`{path}` belongs to user {NameOf(file.Owner)}, but pid {process.Id} ({live.Command}) runs as {NameOf(live.UserId)}: it is not stopped",
            "have root write the file, or stop it by `program` or `port`");
    }

    private static string NameOf(uint user) => Users.FindById(user)?.Name ?? user.ToString(CultureInfo.InvariantCulture);
}
