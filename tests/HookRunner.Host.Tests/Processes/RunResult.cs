using System.Globalization;

namespace HookRunner.Host.Tests.Processes;

/// <summary>What the driver wrote of one program's report.</summary>
internal sealed record RunResult(ILookup<string, string> Lines)
{
    public string End => Lines["end"].Single();

    public TimeSpan Took => TimeSpan.FromSeconds(double.Parse(Lines["took"].Single(), CultureInfo.InvariantCulture));

    public string Captured => Lines["captured"].Single();

    public bool CaptureIsCut => Lines["cut"].Single() == "yes";

    public string OutOfMemory => Lines["oom"].Single();

    /// <summary>Bytes of the driver's private memory then.</summary>
    public long Memory => long.Parse(Lines["memory"].Single(), CultureInfo.InvariantCulture);

    public IEnumerable<string> Tail => Lines["tail"];

    /// <summary>`PID UID SHARES-OUR-CGROUP COMMAND`.</summary>
    public IEnumerable<string> LeftBehind => Lines["left"];

    /// <summary>`PID IS-UNINTERRUPTIBLE COMMAND`.</summary>
    public IEnumerable<string> Unstoppable => Lines["unstoppable"];

    public static IReadOnlyList<RunResult> ReadAll(string path)
    {
        var runs = new List<List<string>>();
        foreach (var line in File.ReadAllLines(path))
        {
            if (line.StartsWith("end\t", StringComparison.Ordinal))
            {
                runs.Add([]);
            }

            runs[^1].Add(line);
        }

        return [.. runs.Select(lines => new RunResult(lines.ToLookup(line => line.Split('\t', 2)[0], line => line.Split('\t', 2)[1])))];
    }
}
