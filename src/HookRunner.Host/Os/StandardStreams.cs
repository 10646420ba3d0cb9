using System.Globalization;
using System.Runtime.InteropServices;

namespace HookRunner.Host.Os;

/// <summary>
/// hookrunner's own stdout and stderr, kept aside so that descriptors 1 and 2 can be lent to the programs it starts.
/// Nobody else in the process may write to <see cref="Output"/>, and nobody may use the framework's console.
/// </summary>
internal sealed class StandardStreams
{
    private const long CloseRangeCloseOnExec = 4;

    private StandardStreams()
    {
        Output = Keep(1);
        Error = Keep(2);
    }

    /// <summary>Our stdout: close-on-exec, so that a program we start can neither hold it open nor write to it.</summary>
    public int Output { get; }

    public int Error { get; }

    /// <summary>
    /// The very first statement of a run, before anything else opens a descriptor: fills 0 to 2 where they were closed,
    /// takes stdin away (a hook never asks anybody), keeps 1 and 2, hides every other inherited descriptor from the
    /// programs to come, and sets umask 022.
    /// </summary>
    public static StandardStreams Claim()
    {
        StartedWithGaps.StartAgain();
        FillClosed();
        var nothing = Libc.Open("/dev/null", OpenFlags.ReadWrite | OpenFlags.CloseOnExec, 0);
        _ = Libc.Duplicate(nothing, 0);
        _ = Libc.Close(nothing);
        return Prepare();
    }

    /// <summary>The same for a command that runs no steps: stdin stays what it was.</summary>
    public static StandardStreams ClaimKeepingInput()
    {
        StartedWithGaps.StartAgain();
        FillClosed();
        return Prepare();
    }

    /// <summary>Lends 1 and 2 to the program about to be started. <see cref="TakeBack"/> must follow, whatever happens.</summary>
    public static void Lend(int output, int error)
    {
        _ = Libc.Duplicate(output, 1);
        _ = Libc.Duplicate(error, 2);
    }

    public void TakeBack()
    {
        _ = Libc.Duplicate(Output, 1);
        _ = Libc.Duplicate(Error, 2);
    }

    private static StandardStreams Prepare()
    {
        var streams = new StandardStreams();
        HideInherited();
        _ = Libc.Umask(0x12);
        return streams;
    }

    private static void FillClosed()
    {
        int descriptor;
        do
        {
            descriptor = Libc.Open("/dev/null", OpenFlags.ReadWrite, 0);
        }
        while (descriptor is >= 0 and <= 2);

        if (descriptor > 2)
        {
            _ = Libc.Close(descriptor);
        }
    }

    private static int Keep(int descriptor)
    {
        var kept = Descriptors.Duplicate(descriptor);
        return kept >= 0
            ? kept
            : throw new IOException(new PosixError($"duplicate descriptor {descriptor}", Marshal.GetLastPInvokeError()).ToString());
    }

    private static void HideInherited()
    {
        if (Libc.SystemCall(SystemCallNumber.CloseRange, 3, uint.MaxValue, CloseRangeCloseOnExec, 0, 0) == 0)
        {
            return;
        }

        foreach (var entry in Directory.EnumerateFileSystemEntries("/proc/self/fd"))
        {
            if (int.TryParse(Path.GetFileName(entry), CultureInfo.InvariantCulture, out var descriptor) && descriptor > 2)
            {
                Descriptors.CloseAtExec(descriptor);
            }
        }
    }
}
