using System.ComponentModel;
using System.Diagnostics;
using CliWrap;
using HookRunner.Host.Os;

namespace HookRunner.Host.Processes;

/// <summary>A program that was started, until its exact end is known and the framework has let go of it.</summary>
internal sealed class ChildProcess : IDisposable
{
    private const int EagerLooks = 200;

    private readonly ChildSignals _signals;
    private readonly Task<CommandResult> _ending;
    private ProcessEnd? _end;

    private ChildProcess(int id, Task<CommandResult> ending, ChildSignals signals)
    {
        Id = id;
        _ending = ending;
        _signals = signals;
        // Fails on kernels before 5.3 and in some sandboxes: then the caller asks every few milliseconds instead.
        Descriptor = (int)Libc.SystemCall(SystemCallNumber.PidfdOpen, id, 0, 0, 0, 0);
    }

    public int Id { get; }

    /// <summary>Becomes readable when the program ends; -1 where the kernel has no such thing.</summary>
    public int Descriptor { get; }

    /// <summary>It has ended, and its status can be read.</summary>
    public bool HasEnded => (_end ??= ChildStatus.Read(Id)) is not null;

    /// <summary>
    /// Starts a program with descriptors 1 and 2 as they are now. Returns when it runs, or says with which errno it does
    /// not (0: the framework refused, with its words in the exception).
    /// </summary>
    public static ChildProcess? Start(string path, ProcessRequest request, out Win32Exception? failure)
    {
        var signals = ChildSignals.Take();
        signals.Settle();
        var command = Cli.Wrap(path).WithWorkingDirectory(request.WorkingDirectory).WithValidation(CommandResultValidation.None);
        if (request.User is { } user && user.Id != Users.CurrentId)
        {
            command = command.WithCredentials(new Credentials(userName: user.Name));
        }

        var id = 0;
        failure = null;
        try
        {
            var task = command.ExecuteAsync(
                start => Configure(start, request), process => id = process.Id, CancellationToken.None, CancellationToken.None);
            return new ChildProcess(id, task.Task, signals);
        }
        catch (Win32Exception exception)
        {
            // Caught here, while 1 and 2 are lent: unhandled, the runtime's last words would go into the step's log.
            failure = exception.InnerException as Win32Exception ?? exception;
            return null;
        }
    }

    /// <summary>How it ended. Call when it has; it stays readable until <see cref="LetGo"/>.</summary>
    public ProcessEnd ReadEnd() => _end ??= ChildStatus.Read(Id, waits: true) ?? EndAsTheFrameworkTells();

    /// <summary>
    /// Gives the ended program back to the framework, which reaps it. Its pid may come back from now on. When this returns
    /// it is no child any more; what else the framework does of it goes on beside us until the next program starts.
    /// </summary>
    public void LetGo()
    {
        _signals.LetFrameworkReap(_ending);
        for (var look = 0; ChildStatus.Read(Id) is not null; look++)
        {
            if (look == EagerLooks)
            {
                _signals.Settle();
                return;
            }

            _ = Thread.Yield();
        }
    }

    public void Dispose()
    {
        if (Descriptor >= 0)
        {
            _ = Libc.Close(Descriptor);
        }
    }

    // The framework's thread was still at its work for the program before, and took this one's status with it.
    private ProcessEnd EndAsTheFrameworkTells() => new ProcessEnd.Exited(_ending.Wait(ChildSignals.FrameworkPatience) ? _ending.Result.ExitCode : 255);

    private static void Configure(ProcessStartInfo start, ProcessRequest request)
    {
        start.RedirectStandardInput = false;
        start.RedirectStandardOutput = false;
        start.RedirectStandardError = false;
        start.Arguments = "";
        foreach (var argument in request.Arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment.Clear();
        foreach (var (name, value) in request.Environment)
        {
            start.Environment[name] = value;
        }
    }
}
