using System.Diagnostics;
using System.Globalization;
using HookRunner.Host.Releases;
using HookRunner.SystemTests.Releases;

namespace HookRunner.Benchmarks;

/// <summary>
/// One switch of a link as `link` and `release: activate` do it (the walk to its directory, all checks, the flush of what it
/// points to, the look back) beside the bare calls in C: symlink, rename, fsync. Without journal and process.
/// </summary>
internal static class SwitchCosts
{
    private const int Switches = 2000;

    /// <summary>Microseconds of one switch: ours, and the bare calls'.</summary>
    public static (double Ours, double Bare) Measure(string place, int rounds)
    {
        var here = Directory.CreateDirectory(Path.Join(place, "switch-" + Guid.NewGuid().ToString("N")[..8])).FullName;
        Directory.CreateDirectory(Path.Join(here, "a"));
        Directory.CreateDirectory(Path.Join(here, "b"));
        var (ours, bare) = (new double[rounds], new double[rounds]);
        Ours(here);
        for (var round = 0; round < rounds; round++)
        {
            ours[round] = Ours(here);
            bare[round] = Bare(here);
        }

        Directory.Delete(here, recursive: true);
        return (Median(ours), Median(bare));
    }

    private static double Ours(string here)
    {
        var start = Stopwatch.GetTimestamp();
        for (var index = 0; index < Switches; index++)
        {
            var request = new LinkSwitch { Path = Path.Join(here, "link"), Target = index % 2 == 0 ? "b" : "a" };
            if (AtomicLink.Switch(request) is not LinkSwitchResult.Switched)
            {
                throw new InvalidOperationException("the link was not switched");
            }
        }

        return Stopwatch.GetElapsedTime(start).TotalMicroseconds / Switches;
    }

    private static double Bare(string here)
    {
        using var program = Process.Start(new ProcessStartInfo(
            NativeProgram.Of("switch"), [here, Switches.ToString(CultureInfo.InvariantCulture)])
        { RedirectStandardOutput = true })!;
        return double.Parse(program.StandardOutput.ReadToEnd(), CultureInfo.InvariantCulture);
    }

    private static double Median(double[] values) => values.Order().ElementAt((values.Length - 1) / 2);
}
