using System.Diagnostics;
using System.Globalization;
using HookRunner.SystemTests.Releases;

namespace HookRunner.Benchmarks;

/// <summary>One `link` step, with its record in the journal, beside the bare calls of a switch in C: symlink, rename, fsync.</summary>
internal static class SwitchCosts
{
    private const int Few = 20, Many = 220;

    /// <summary>Microseconds of one switch: ours, and the bare calls'.</summary>
    public static (double Ours, double Bare) Measure(string place, int rounds)
    {
        var (ours, bare) = (new double[rounds], new double[rounds]);
        for (var round = 0; round < rounds; round++)
        {
            ours[round] = 1000 * (Event(place, Many) - Event(place, Few)) / (Many - Few);
            bare[round] = Bare(place);
        }

        return (Median(ours), Median(bare));
    }

    private static double Event(string place, int links)
    {
        using var site = new Site(place: place, hooks: "  AfterInstall:\n" + string.Concat(Enumerable.Range(0, links).Select(link =>
            $"    - link: {{ path: /dev/null/@, to: {(link % 2 == 0 ? "a" : "b")} }}\n")));
        var file = site.At("bundle/hookrunner.yml");
        File.WriteAllText(file, File.ReadAllText(file).Replace("/dev/null/@", site.At("site/switched"), StringComparison.Ordinal));
        Directory.CreateDirectory(site.At("site/a"));
        Directory.CreateDirectory(site.At("site/b"));
        var start = Stopwatch.GetTimestamp();
        var status = site.Run("AfterInstall", "d-1");
        return status == 0 ? Stopwatch.GetElapsedTime(start).TotalMilliseconds : throw new InvalidOperationException(site.Output);
    }

    private static double Bare(string place)
    {
        var directory = Directory.CreateTempSubdirectory("switch-").FullName;
        var here = Directory.CreateDirectory(Path.Join(place, Path.GetFileName(directory))).FullName;
        using var program = Process.Start(new ProcessStartInfo(NativeProgram.Of("switch"), [here, "2000"]) { RedirectStandardOutput = true })!;
        var microseconds = double.Parse(program.StandardOutput.ReadToEnd(), CultureInfo.InvariantCulture);
        Directory.Delete(here, recursive: true);
        return microseconds;
    }

    private static double Median(double[] values) => values.Order().ElementAt((values.Length - 1) / 2);
}
