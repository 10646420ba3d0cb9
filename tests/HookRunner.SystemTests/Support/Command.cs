using System.Diagnostics;

namespace HookRunner.SystemTests.Support;

/// <summary>The executable as a person calls it.</summary>
internal static class Command
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    internal sealed record Result(int Status, string Text);

    /// <summary>Runs it with both streams read as one text.</summary>
    public static Result Run(string workingDirectory, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(HookRunnerExecutable.Path, arguments)
        {
            WorkingDirectory = workingDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"hookrunner {string.Join(' ', arguments)} still ran after {Patience}");
        }

        return new Result(process.ExitCode, output.Result + error.Result);
    }
}
