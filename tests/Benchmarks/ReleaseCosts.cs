using System.Collections.Immutable;
using System.Diagnostics;
using HookRunner.SystemTests.Releases;

namespace HookRunner.Benchmarks;

/// <summary>What `stage` and `activate` of a tree cost beside the ways that copy it: whole events beside whole commands.</summary>
internal sealed class ReleaseCosts(string place) : IDisposable
{
    private const int FilesOfDirectory = 100;

    private readonly Site _site = new(place: place);
    private int _deployments;

    /// <param name="files">In the tree that Install left; they are on the disk before the clock starts.</param>
    /// <param name="rounds">Each way does one in turn.</param>
    public ImmutableArray<(string Way, double Milliseconds)> Measure(int files, int rounds)
    {
        (string Way, Func<double> Once)[] ways =
        [
            ("hookrunner: stage, activate", () => Ours(files)),
            ("cp -a, ln -sfn", () => Theirs(files, "cp -a staging copies/$1 && ln -sfn copies/$1 other")),
            ("tar | tar, ln -s, mv -T", () => Theirs(files,
                "mkdir copies/$1 && tar -C staging -cf - . | tar -C copies/$1 -xf - && ln -s copies/$1 fresh && mv -T fresh other")),
        ];
        var times = ways.Select(_ => new double[rounds]).ToArray();
        for (var round = 0; round < rounds; round++)
        {
            for (var way = 0; way < ways.Length; way++)
            {
                times[way][round] = ways[way].Once();
            }
        }

        return [.. ways.Zip(times, (way, took) => (way.Way, took.Order().ElementAt((rounds - 1) / 2)))];
    }

    public void Dispose() => _site.Dispose();

    private double Ours(int files)
    {
        var deployment = $"d-{_deployments++}";
        Expect(_site.Run("BeforeInstall", deployment) == 0);
        Install(files);
        var took = Timed(() => Expect(_site.Run("AfterInstall", deployment) == 0));
        Directory.Delete(_site.At($"site/releases/{deployment}"), recursive: true);
        return took;
    }

    private double Theirs(int files, string commands)
    {
        Install(files);
        Directory.CreateDirectory(_site.At("site/copies"));
        var took = Timed(() => Shell(commands));
        Directory.Delete(_site.At("site/copies"), recursive: true);
        Directory.Delete(_site.At("site/staging"), recursive: true);
        return took;
    }

    private void Install(int files)
    {
        for (var file = 0; file < files; file++)
        {
            var directory = _site.At($"site/staging/{file / FilesOfDirectory}");
            if (file % FilesOfDirectory == 0)
            {
                Directory.CreateDirectory(directory);
            }

            File.WriteAllText(Path.Join(directory, $"{file}"), "some bytes of an application");
        }

        Shell("sync");
    }

    private void Shell(string commands)
    {
        using var shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-ec", commands, "sh", $"{_deployments}"]) { WorkingDirectory = _site.At("site") })!;
        shell.WaitForExit();
        Expect(shell.ExitCode == 0);
    }

    private void Expect(bool holds)
    {
        if (!holds)
        {
            throw new InvalidOperationException(_site.Output);
        }
    }

    private static double Timed(Action act)
    {
        var start = Stopwatch.GetTimestamp();
        act();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }
}
