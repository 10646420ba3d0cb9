using System.Collections.Immutable;
using System.Globalization;
using HookRunner.Host.Os;
using HookRunner.Host.Processes;
using HookRunner.Host.Processes.Background;

namespace HookRunner.Host.Steps.Background;

/// <summary>In a session of its own, a child of hookrunner's until that ends.</summary>
internal sealed class DetachedProcess : BackgroundProcess
{
    private readonly FileDescriptor _log;
    private readonly long _from;
    private ProcessEnd? _end;

    private DetachedProcess(int id, FileDescriptor log, long from) => (Id, _log, _from) = (id, log, from);

    public override string Words => string.Create(CultureInfo.InvariantCulture, $"pid {Id}");

    public static BackgroundProcess? Start(StepRun run, FileDescriptor spec, FileDescriptor log, out PosixError? error)
    {
        log.Length(out var from);
        var environment = BackgroundLauncher.Runtime is { } runtime
            ? ImmutableSortedDictionary<string, string>.Empty.Add("DOTNET_ROOT", runtime)
            : ImmutableSortedDictionary<string, string>.Empty;
        error = FileDescriptor.Open("/dev/null", OpenFlags.ReadWrite, 0, out var nothing);
        using (nothing)
        {
            if (error is not null)
            {
                return null;
            }

            var words = BackgroundLauncher.Words(run.Executable, spec, null);
            var number = SpawnedProcess.Start(words, environment, [nothing.Number, log.Number, log.Number], ownGroup: false, out var id);
            error = number == 0 ? null : new PosixError($"start {run.Executable}", number);
            return error is null ? new DetachedProcess(id, log, from) : null;
        }
    }

    public override ProcessEnd? End()
    {
        if (_end is null && ChildStatus.Read(Id) is { } end)
        {
            _end = end;
            Adopted.Reap(Id);
        }

        return _end;
    }

    public override ImmutableArray<string> Tail() => TailOf(_log, _from);
}
