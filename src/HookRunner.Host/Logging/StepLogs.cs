using System.Globalization;
using HookRunner.Core.Planning;
using HookRunner.Core.Reporting;
using HookRunner.Host.Os;
using HookRunner.Host.Output;
using HookRunner.Host.State;

namespace HookRunner.Host.Logging;

/// <summary>
/// One file a step, in a folder of this run of the event. A place that cannot be written does not stop a deployment: the
/// output then goes to a file without a name, and that is said once.
/// </summary>
internal sealed class StepLogs(StateLayout layout, EventIdentity identity, Action<string> warn)
{
    private const uint NamelessCloseOnExec = 1;

    /// <summary>With less than this, a program would fail at what it prints: its stdout is the log.</summary>
    private const long LeastSpace = 1 << 20;

    private static readonly int NewLog = OpenFlags.ReadWrite | OpenFlags.Create | OpenFlags.Exclusive | OpenFlags.Append
        | OpenFlags.NoFollow | OpenFlags.CloseOnExec;

    private readonly string _run = string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId}.{TimeProvider.System.GetTimestamp():x}");

    private string? _folder;
    private bool _isBroken;

    /// <summary>The folder of this run, made when first asked for; null where it cannot be.</summary>
    public string? Folder
    {
        get
        {
            if (_folder is null && !_isBroken && layout.CreateEventLogs(identity.Deployment, identity.Event, out _folder) is { } error)
            {
                Broken(error);
            }

            return _isBroken ? null : _folder;
        }
    }

    public StepLog Open(StepListKind list, PlannedStep step)
    {
        var token = string.Create(CultureInfo.InvariantCulture,
            $"{StateName.Of(identity.Deployment)}:{identity.Event}:{Prefix(list)}{step.Number:00}:{_run}");
        return Folder is { } folder && NamedFile(folder, list, step) is { } named
            ? named with { Token = token }
            : new StepLog(null, Nameless(), token);
    }

    /// <summary>Closes it, and takes it away where nothing was written to it: then false.</summary>
    public static bool Close(StepLog log)
    {
        var isEmpty = Libc.Seek(log.Descriptor, 0, 2) == 0;
        if (isEmpty && log.Path is { } path)
        {
            _ = Libc.Unlink(path);
        }

        _ = Libc.Close(log.Descriptor);
        return !isEmpty;
    }

    private StepLog? NamedFile(string folder, StepListKind list, PlannedStep step)
    {
        var path = StateLayout.StepLog(folder, step.Number, Prefix(list) + step.Name);
        var descriptor = Libc.Open(path, NewLog, StateLayout.FileMode);
        if (descriptor < 0)
        {
            return Broken(new PosixError($"create {path}", System.Runtime.InteropServices.Marshal.GetLastPInvokeError()));
        }

        if (FreeSpace.Of(descriptor) is null or >= LeastSpace)
        {
            return new StepLog(path, descriptor, "");
        }

        _ = Libc.Unlink(path);
        _ = Libc.Close(descriptor);
        return Broken(new PosixError($"write to {folder}", Errno.ENOSPC));
    }

    private StepLog? Broken(PosixError error)
    {
        _isBroken = true;
        warn($"the output of steps is not kept: {error}");
        return null;
    }

    /// <summary>A file in memory: what a step prints beyond what is relayed is lost with it.</summary>
    private static int Nameless()
    {
        var descriptor = (int)Libc.CreateNamelessFile("hookrunner-output", NamelessCloseOnExec);
        return descriptor >= 0 ? descriptor : Libc.Open("/dev/null", OpenFlags.ReadWrite | OpenFlags.CloseOnExec, 0);
    }

    private static string Prefix(StepListKind list) => list switch
    {
        StepListKind.OnFailure => "on_failure-",
        StepListKind.Always => "always-",
        _ => "",
    };
}
