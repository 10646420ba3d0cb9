using System.Diagnostics;
using System.Globalization;

namespace HookRunner.Host.Tests.Processes;

/// <summary>The driver program (tests/HookRunner.Host.Tests.Program) at work: it runs programs as an event does.</summary>
internal sealed class ProgramRun : IDisposable
{
    private readonly Process _process;
    private readonly string _resultPath;
    private readonly Task<byte[]>? _output;

    private ProgramRun(ProcessStartInfo start, string resultPath, bool readsOutput)
    {
        _resultPath = resultPath;
        _process = Process.Start(start)!;
        _output = readsOutput ? ReadAsync(_process.StandardOutput.BaseStream) : null;
    }

    public static string Driver { get; } = Path.Join(AppContext.BaseDirectory, "HookRunner.Host.Tests.Program");

    public int Id => _process.Id;

    /// <summary>For a run whose output is not read otherwise.</summary>
    public string? ReadLine() => _process.StandardOutput.ReadLine();

    /// <summary>The reader of the driver's stdout goes away. For a run whose output is not read.</summary>
    public void CloseOutput() => _process.StandardOutput.Close();

    /// <summary>Runs the driver to its end.</summary>
    public static IReadOnlyList<RunResult> Complete(TempDirectory folder, params string[] words)
    {
        using var run = Start(folder, words);
        return run.Finish();
    }

    public static ProgramRun Start(TempDirectory folder, params string[] words) => Start(folder, [Driver], words);

    /// <summary>The driver under another program, such as strace.</summary>
    public static ProgramRun Start(TempDirectory folder, string[] under, string[] words, bool readsOutput = true)
    {
        var resultPath = Path.Join(folder.Path, "result");
        var start = new ProcessStartInfo(under[0]) { RedirectStandardOutput = true, RedirectStandardInput = true };
        foreach (var word in (string[])[.. under[1..], resultPath, $"log={folder.Path}/log", .. words])
        {
            start.ArgumentList.Add(word);
        }

        return new ProgramRun(start, resultPath, readsOutput);
    }

    /// <summary>Waits for the end and reads what became of each program.</summary>
    public IReadOnlyList<RunResult> Finish(int expectedStatus = 0)
    {
        WaitForExit().Should().Be(expectedStatus);
        return RunResult.ReadAll(_resultPath);
    }

    public int WaitForExit()
    {
        _process.WaitForExit(TimeSpan.FromSeconds(120)).Should().BeTrue("the driver must end");
        return _process.ExitCode;
    }

    /// <summary>Everything the driver wrote to its stdout, as bytes.</summary>
    public byte[] AllOutput() => _output!.Result;

    /// <summary>Waits until a file exists and has a whole line; gives that line.</summary>
    public static string WaitForLine(string path) =>
        Wait(() => File.Exists(path) && File.ReadAllText(path) is var text && text.Contains('\n', StringComparison.Ordinal) ? text.Split('\n')[0] : null, path);

    public static void WaitForFile(string path) => Wait(() => File.Exists(path) ? path : null, path);

    public static int WaitForNumber(string path) => int.Parse(WaitForLine(path), CultureInfo.InvariantCulture);

    /// <summary>It exists and is no zombie.</summary>
    public static bool IsAlive(int id) => Host.Processes.ProcessStat.Read(id)?.IsAlive ?? false;

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    private static string Wait(Func<string?> look, string path)
    {
        for (var start = Stopwatch.StartNew(); start.Elapsed < TimeSpan.FromSeconds(30); Thread.Sleep(5))
        {
            if (look() is { } found)
            {
                return found;
            }
        }

        throw new TimeoutException($"nothing came in {path}");
    }

    private static async Task<byte[]> ReadAsync(Stream stream)
    {
        using var all = new MemoryStream();
        await stream.CopyToAsync(all);
        return all.ToArray();
    }
}
