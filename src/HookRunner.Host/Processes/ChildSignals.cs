using System.Runtime.InteropServices;
using HookRunner.Host.Os;

namespace HookRunner.Host.Processes;

/// <summary>
/// Turns two defaults of the framework that are wrong for a runner of programs. SIGPIPE: it would be ignored in every
/// program we start. SIGCHLD: the framework would reap a child before its exact status could be read; so SIGCHLD stays at
/// its default, and the framework reaps only when <see cref="LetFrameworkReap"/> says so.
/// </summary>
internal sealed class ChildSignals
{
    private const int Pipe = 13, Child = 17;
    private const int ActionSize = 256;

    /// <summary>How long its threads may take for one child.</summary>
    public static readonly TimeSpan FrameworkPatience = TimeSpan.FromSeconds(2);

    private static readonly Lazy<ChildSignals> Once = new(() => new ChildSignals(), LazyThreadSafetyMode.None);

    private readonly byte[] _frameworkAction = new byte[ActionSize];
    private readonly PosixSignalRegistration[] _registrations;
    private Task _reaping = Task.CompletedTask;

    private unsafe ChildSignals()
    {
        // The framework respects an ignored signal and installs nothing over it: so the default comes first.
        _ = Libc.Signal(Pipe, 0);
        _ = Libc.Signal(Child, 0);
        _registrations =
        [
            // A handler instead of "ignored": exec resets it, and a write still answers EPIPE.
            PosixSignalRegistration.Create((PosixSignal)Pipe, context => context.Cancel = true),
            PosixSignalRegistration.Create((PosixSignal)Child, _ => { }),
        ];
        fixed (byte* saved = _frameworkAction)
        {
            var standard = stackalloc byte[ActionSize];
            new Span<byte>(standard, ActionSize).Clear();
            _ = Libc.SignalAction(Child, standard, saved);
        }
    }

    public static ChildSignals Take() => Once.Value;

    /// <summary>
    /// Lets the framework notice which of its children have ended. It does so on threads of its own; <see cref="Settle"/>
    /// waits for them.
    /// </summary>
    /// <param name="ending">Ends when the framework has let go of the child.</param>
    public unsafe void LetFrameworkReap(Task ending)
    {
        fixed (byte* framework = _frameworkAction)
        {
            _ = Libc.SignalAction(Child, framework, null);
            // To this thread: its handler, which wakes the framework, has run when the call returns (raise(3)).
            _ = Libc.Raise(Child);
            _ = Libc.Signal(Child, 0);
        }

        _reaping = ending;
    }

    /// <summary>
    /// Waits until the framework is done with the last child: before the next one starts, whose status it would take.
    /// </summary>
    public void Settle()
    {
        _ = _reaping.Wait(FrameworkPatience);
        _reaping = Task.CompletedTask;
    }
}
