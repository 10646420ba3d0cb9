using System.Runtime.InteropServices;

namespace HookRunner.Host.Os;

/// <summary>
/// What tells hookrunner to stop: TERM (the agent at its timeout), INT, HUP, QUIT, or a reader of our output that is gone.
/// The first one counts; one more says that it is urgent.
/// </summary>
internal sealed class TerminationSignals : IDisposable
{
    /// <summary>The "signal" of a run that ends because the agent stopped reading (SIGPIPE).</summary>
    public const int ReaderGone = 13;

    /// <summary>One order may come twice: to the whole group, and from a `sudo` that passes it on.</summary>
    private static readonly TimeSpan SameOrder = TimeSpan.FromMilliseconds(250);

    private readonly CancellationTokenSource _stopping = new();
    private readonly PosixSignalRegistration[] _registrations;
    private readonly int _wakeWriter;
    private readonly Lock _closing = new();
    private bool _isClosed;
    private int _received;
    private long _receivedAt;
    private bool _urgent;

    private unsafe TerminationSignals()
    {
        var ends = stackalloc int[2];
        _ = Libc.Pipe(ends, OpenFlags.NonBlocking | OpenFlags.CloseOnExec);
        WakeDescriptor = ends[0];
        _wakeWriter = ends[1];
        // A signal that our parent ignores (nohup) stays ignored, here and in the programs we start: the framework sees to it.
        _registrations =
        [
            Register(PosixSignal.SIGTERM, 15), Register(PosixSignal.SIGINT, 2),
            Register(PosixSignal.SIGHUP, 1), Register(PosixSignal.SIGQUIT, 3),
        ];
    }

    /// <summary>The first signal that came; 0 for none.</summary>
    public int Received => Volatile.Read(ref _received);

    /// <summary>A second one came: no more grace.</summary>
    public bool Urgent => Volatile.Read(ref _urgent);

    public CancellationToken Token => _stopping.Token;

    /// <summary>Becomes readable with each signal; <see cref="Acknowledge"/> empties it. For poll.</summary>
    public int WakeDescriptor { get; }

    public static TerminationSignals Install() => new();

    /// <summary>
    /// As if this signal had come. <see cref="ReaderGone"/> makes nothing urgent: the agent stops reading when it sends TERM.
    /// </summary>
    public unsafe void Stop(int signal)
    {
        var now = TimeProvider.System.GetTimestamp();
        if (Interlocked.CompareExchange(ref _received, signal, 0) == 0)
        {
            Volatile.Write(ref _receivedAt, now);
        }
        else if (signal != ReaderGone && TimeProvider.System.GetElapsedTime(Volatile.Read(ref _receivedAt), now) > SameOrder)
        {
            Volatile.Write(ref _urgent, true);
        }

        lock (_closing)
        {
            if (!_isClosed)
            {
                byte wake = 1;
                _ = Libc.Write(_wakeWriter, &wake, 1);
                _stopping.Cancel();
            }
        }
    }

    /// <summary>Waits so long, or until told to stop: then true.</summary>
    public bool Wait(TimeSpan span)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (Received == 0 && span - TimeProvider.System.GetElapsedTime(start) is var rest && rest > TimeSpan.Zero)
        {
            _ = Descriptors.Wait(WakeDescriptor, Descriptors.Readable, rest);
        }

        return Received != 0;
    }

    /// <summary>Empties the wake pipe, so that a wait on it sees only what comes from now on.</summary>
    public unsafe void Acknowledge()
    {
        var buffer = stackalloc byte[16];
        while (Libc.Read(WakeDescriptor, buffer, 16) > 0)
        {
        }
    }

    public void Dispose()
    {
        foreach (var registration in _registrations)
        {
            registration.Dispose();
        }

        // A signal may be on its way on a thread of the framework: it must find neither a closed pipe nor a disposed source.
        lock (_closing)
        {
            _isClosed = true;
            _ = Libc.Close(WakeDescriptor);
            _ = Libc.Close(_wakeWriter);
            _stopping.Dispose();
        }
    }

    private PosixSignalRegistration Register(PosixSignal signal, int number) => PosixSignalRegistration.Create(signal, context =>
    {
        context.Cancel = true;
        Stop(number);
    });
}
