using HookRunner.Host.Logging;
using HookRunner.Host.State;
using HookRunner.Host.Tests.Steps;

namespace HookRunner.Host.Tests.State;

public sealed class LogPruningSpecs : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Outputs_older_than_30_days_go_and_the_newest_five_stay_whatever_their_age()
    {
        var layout = StateLayout.For("shop", _folder.Path);
        var now = DateTimeOffset.UtcNow;
        for (var age = 0; age < 80; age += 10)
        {
            var log = _folder.Write($"shop/log/d-{age}/AfterInstall/01-run.log", "output");
            Directory.SetLastWriteTimeUtc(Path.GetDirectoryName(Path.GetDirectoryName(log))!, now.UtcDateTime.AddDays(-age));
        }

        _folder.Write("shop/log/hookrunner20260101.jsonl", "{}");

        LogPruning.Run(layout, now);

        Directory.EnumerateFileSystemEntries(layout.Logs).Select(Path.GetFileName).Order().Should()
            .Equal("d-0", "d-10", "d-20", "d-30", "d-40", "hookrunner20260101.jsonl");
    }

    [Fact]
    public void Beyond_a_gigabyte_the_oldest_go()
    {
        var layout = StateLayout.For("shop", _folder.Path);
        var now = DateTimeOffset.UtcNow;
        for (var age = 0; age < 8; age++)
        {
            var log = _folder.Write($"shop/log/d-{age}/AfterInstall/01-run.log", "");
            using (var file = File.OpenWrite(log))
            {
                file.SetLength(150_000_000);
            }

            Directory.SetLastWriteTimeUtc(Path.GetDirectoryName(Path.GetDirectoryName(log))!, now.UtcDateTime.AddDays(-age));
        }

        LogPruning.Run(layout, now);

        Directory.EnumerateDirectories(layout.Logs).Select(Path.GetFileName).Order().Should().Equal("d-0", "d-1", "d-2", "d-3", "d-4", "d-5", "d-6");
    }
}
