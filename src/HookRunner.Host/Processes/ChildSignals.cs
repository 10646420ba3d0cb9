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

    private static readonly Lazy<ChildSignals> Once = new(() => new ChildSignals(), LazyThreadSafetyMode.None);

    private readonly byte[] _frameworkAction = new byte[ActionSize];
    private readonly PosixSignalRegistration[] _registrations;

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

    /// <summary>Lets the framework notice which of its children have ended, and waits until it has.</summary>
    public unsafe bool LetFrameworkReap(Task ending)
    {
        fixed (byte* framework = _frameworkAction)
        {
            _ = Libc.SignalAction(Child, framework, null);
            _ = Libc.Kill(Libc.ProcessId(), Child);
            var hasEnded = ending.Wait(TimeSpan.FromSeconds(2));
            _ = Libc.Signal(Child, 0);
            return hasEnded;
        }
    }
}
