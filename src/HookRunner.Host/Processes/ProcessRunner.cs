using HookRunner.Host.Os;
using HookRunner.Host.Output;

namespace HookRunner.Host.Processes;

/// <summary>
/// Runs one program at a time on the calling thread: started with the step's log as its stdout and stderr, followed,
/// bounded, and stopped with everything that it started.
/// </summary>
internal sealed class ProcessRunner : IProcessRunner
{
    private readonly Launcher _launcher;
    private readonly TerminationSignals _signals;
    private readonly OutputRelay _relay;
    private readonly HashSet<string> _tokens = [];
    private (string Token, RelayBudget Budget) _step = ("", new RelayBudget());

    public ProcessRunner(StandardStreams streams, TerminationSignals signals, OutputRelay relay)
    {
        _launcher = new Launcher(streams);
        _signals = signals;
        _relay = relay;
        Descendants.AdoptOrphans();
    }

    public ProcessReport Run(ProcessRequest request, StepLog log)
    {
        if (_signals.Received != 0)
        {
            return NotRun(new ProcessEnd.Stopped(_signals.Received));
        }

        if (request.User is { } user && user.Id != Users.CurrentId && !Users.IsRoot)
        {
            return NotRun(StartFailure.NotRoot(user));
        }

        if (StartFailure.CutText(request) is { } cut)
        {
            return NotRun(cut);
        }

        return ProgramFinder.Find(request.Program, request.Environment.GetValueOrDefault("PATH", ""), request.WorkingDirectory) is { } path
            ? Run(path, request, log)
            : NotRun(StartFailure.NoSuchProgram(request));
    }

    private static ProcessReport NotRun(ProcessEnd end) => new(end, TimeSpan.Zero, "", [], [], []);

    private ProcessReport Run(string path, ProcessRequest request, StepLog log)
    {
        var token = request.Environment.GetValueOrDefault(ProcessEnvironment.StepVariable, log.Token);
        request = request with { Environment = request.Environment.SetItem(ProcessEnvironment.StepVariable, token) };
        LetOpenByName(log, request.User);
        using var capture = request.CapturesOutput ? CaptureFile.Open(log, request) : null;
        if (capture is null && request.CapturesSecret)
        {
            return NotRun(new ProcessEnd.NotStarted($"there is no place for what {request.Program} prints", "memory and /tmp are full, or cannot be written", 126));
        }

        var descendants = Descendants.Before(token, _tokens);
        _tokens.Add(token);
        var follower = new LogFollower(log, _relay, request.IsQuiet ? null : BudgetOf(log));
        var startedAt = TimeProvider.System.GetTimestamp();
        using var child = _launcher.Start(path, request, (capture?.Descriptor ?? log.Descriptor, log.Descriptor), out var failure);
        if (child is null)
        {
            return NotRun(failure!);
        }

        descendants.Follow(child.Id);
        var program = new StartedProgram(request, child, descendants, follower, capture, startedAt);
        return new Supervision(program, _signals, _relay).Run();
    }

    // `echo x >> /dev/stderr` opens the log anew, and that asks for a right on the file, whoever holds it open already.
    private static void LetOpenByName(StepLog log, UserAccount? user) =>
        _ = user is null || user.Id == Users.CurrentId ? 0 : Libc.ChangeOwner(log.Descriptor, user.Id, user.GroupId);

    private RelayBudget BudgetOf(StepLog log)
    {
        if (_step.Token != log.Token)
        {
            _step = (log.Token, new RelayBudget());
        }

        return _step.Budget;
    }
}
