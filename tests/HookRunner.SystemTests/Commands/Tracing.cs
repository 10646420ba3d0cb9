using System.Diagnostics;
using HookRunner.SystemTests.Support;

namespace HookRunner.SystemTests.Commands;

/// <summary>The executable under strace, to see what it does to files.</summary>
internal static class Tracing
{
    private static readonly string[] Changing =
    [
        "O_WRONLY", "O_RDWR", "O_CREAT", "O_TRUNC", "rename", "unlink", "mkdir", "rmdir", "symlink", "link(", "linkat(", "chmod", "chown", "truncate(", "mknod", "utime", "setxattr",
    ];

    public static int Run(string trace, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("strace", ["-f", "-qq", "-s", "300", "-e", "trace=file", "-o", trace, HookRunnerExecutable.Path, .. arguments])
        {
            RedirectStandardOutput = true,
        };

        // The runtime of the executable that needs one would open its diagnostics port in /tmp.
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        using var process = Process.Start(start)!;
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode;
    }

    /// <summary>The calls that would change a file, failed ones too. /proc/self is the process itself, /dev no file system.</summary>
    public static IEnumerable<string> Changes(string trace) => File.ReadLines(trace)
        .Where(line => Changing.Any(word => line.Contains(word, StringComparison.Ordinal)))
        .Where(line => !line.Contains("readlink", StringComparison.Ordinal))
        .Where(line => !line.Contains("\"/proc/self/", StringComparison.Ordinal) && !line.Contains("\"/dev/", StringComparison.Ordinal));
}
