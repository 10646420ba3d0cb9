namespace HookRunner.Core.Reporting;

/// <summary>What hookrunner exits with. The agent only sees zero or not; people and pipelines see more.</summary>
internal static class ExitStatus
{
    public const int Done = 0;

    /// <summary>A step failed.</summary>
    public const int StepFailed = 1;

    /// <summary>Wrong usage of the command line.</summary>
    public const int Usage = 2;

    /// <summary>The file, the bundle or the environment is invalid; nothing was done.</summary>
    public const int Invalid = 3;

    /// <summary>Out of time.</summary>
    public const int OutOfTime = 4;

    /// <summary>Another run holds the lock, or the host belongs to another deployment group; nothing was done.</summary>
    public const int Locked = 5;

    /// <summary>A defect of hookrunner.</summary>
    public const int Defect = 70;

    /// <summary>Stopped by a signal, as a shell says it.</summary>
    public static int Signalled(int signal) => 128 + signal;
}
