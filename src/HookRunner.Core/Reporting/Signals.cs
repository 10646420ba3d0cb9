using System.Globalization;

namespace HookRunner.Core.Reporting;

/// <summary>Signal numbers of Linux by name (signal(7); the same on x64 and arm64).</summary>
internal static class Signals
{
    public const int Hangup = 1, Interrupt = 2, Quit = 3, Kill = 9, BrokenPipe = 13, Terminate = 15;

    private static readonly string[] Names =
    [
        "", "SIGHUP", "SIGINT", "SIGQUIT", "SIGILL", "SIGTRAP", "SIGABRT", "SIGBUS", "SIGFPE", "SIGKILL", "SIGUSR1", "SIGSEGV",
        "SIGUSR2", "SIGPIPE", "SIGALRM", "SIGTERM", "SIGSTKFLT", "SIGCHLD", "SIGCONT", "SIGSTOP", "SIGTSTP", "SIGTTIN", "SIGTTOU",
        "SIGURG", "SIGXCPU", "SIGXFSZ", "SIGVTALRM", "SIGPROF", "SIGWINCH", "SIGIO", "SIGPWR", "SIGSYS",
    ];

    public static string Name(int signal) =>
        signal > 0 && signal < Names.Length ? Names[signal] : "signal " + signal.ToString(CultureInfo.InvariantCulture);
}
