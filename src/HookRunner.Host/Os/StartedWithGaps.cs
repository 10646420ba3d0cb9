using System.Text;

namespace HookRunner.Host.Os;

/// <summary>
/// A start with descriptor 0, 1 or 2 closed. The runtime opens files of its own before our first statement, and they land
/// in the gaps: its source of random numbers among them, which must neither become a step's stdin nor be taken from it
/// (it then waits for ever). So the gaps are filled and the program is started again.
/// </summary>
internal static class StartedWithGaps
{
    private const int GetFlags = 1, CloseOnExec = 1;

    /// <summary>Does not return where there were gaps. Where starting again fails, what was filled must do.</summary>
    public static void StartAgain()
    {
        if (!IsGap(0) && !IsGap(1) && !IsGap(2))
        {
            return;
        }

        var words = Encoding.UTF8.GetString(File.ReadAllBytes("/proc/self/cmdline")).Split('\0')[..^1];
        var nothing = Libc.Open("/dev/null", OpenFlags.ReadWrite, 0);
        for (var descriptor = 0; nothing >= 0 && descriptor <= 2; descriptor++)
        {
            _ = IsGap(descriptor) ? Libc.Duplicate(nothing, descriptor) : 0;
        }

        using var arguments = new NativeTexts(words);
        unsafe
        {
            _ = Libc.Execute("/proc/self/exe", arguments.Pointer);
        }
    }

    /// <summary>Closed, or opened in this process: what was inherited cannot be close-on-exec (execve(2)).</summary>
    private static bool IsGap(int descriptor) => Libc.Fcntl(descriptor, GetFlags, 0) is < 0 or CloseOnExec;
}
