using System.Collections.Immutable;

namespace HookRunner.Benchmarks;

/// <summary>Contenders run in turns, so that what disturbs the machine disturbs all of them alike.</summary>
internal sealed class PairedRun
{
    private readonly ImmutableArray<Contender> _contenders;
    private readonly double[][] _milliseconds;

    private PairedRun(ImmutableArray<Contender> contenders, int rounds)
    {
        _contenders = contenders;
        _milliseconds = [.. contenders.Select(_ => new double[rounds])];
    }

    /// <param name="rounds">Counted ones; a tenth more run first to warm the caches.</param>
    public static PairedRun Of(ImmutableArray<Contender> contenders, int rounds)
    {
        using var nothing = File.OpenHandle("/dev/null", FileMode.Open, FileAccess.ReadWrite);
        var run = new PairedRun(contenders, rounds);
        for (var round = -rounds / 10; round < rounds; round++)
        {
            for (var index = 0; index < contenders.Length; index++)
            {
                var took = contenders[index].RunOnce((int)nothing.DangerousGetHandle());
                run._milliseconds[index][Math.Max(round, 0)] = took.TotalMilliseconds;
            }
        }

        return run;
    }

    /// <summary>A line a contender: its median, and the first one's time over its own, paired by round.</summary>
    public IEnumerable<string> Lines()
    {
        for (var index = 0; index < _contenders.Length; index++)
        {
            var ratios = _milliseconds[0].Zip(_milliseconds[index], (ours, theirs) => ours / theirs).ToArray();
            yield return FormattableString.Invariant(
                $"{_contenders[index].Name,-34} {At(_milliseconds[index], 0.5),8:0.00} ms   ours / this: {At(ratios, 0.5):0.00} (quartiles {At(ratios, 0.25):0.00} to {At(ratios, 0.75):0.00})");
        }
    }

    private static double At(double[] values, double share) => values.Order().ElementAt((int)(share * (values.Length - 1)));
}
