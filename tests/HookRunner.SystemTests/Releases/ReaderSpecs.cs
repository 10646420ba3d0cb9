using System.Diagnostics;
using System.Globalization;
using HookRunner.Host.Releases;

namespace HookRunner.SystemTests.Releases;

/// <summary>
/// Readers that open a file through the link all the time never miss it while the link is switched. HOOKRUNNER_TESTS_WHOLE=1
/// switches a million times.
/// </summary>
public sealed class ReaderSpecs : IDisposable
{
    private static readonly int Switches = Environment.GetEnvironmentVariable("HOOKRUNNER_TESTS_WHOLE") == "1" ? 1_000_000 : 30_000;

    private readonly string _folder = Directory.CreateDirectory(Path.Join("/dev/shm", "hookrunner-" + Guid.NewGuid().ToString("N")[..12])).FullName;

    public ReaderSpecs()
    {
        foreach (var revision in new[] { "1", "2" })
        {
            Directory.CreateDirectory(At(revision));
            File.WriteAllText(Path.Join(At(revision), "REVISION"), revision);
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [SkippableFact]
    public void No_reader_misses_while_the_link_is_switched_again_and_again()
    {
        Switch(1).Should().BeTrue();

        var (reads, missing, wrong) = WithReaders(() => Enumerable.Range(0, Switches).All(Switch));

        reads.Should().BeGreaterThan(10_000);
        (missing, wrong).Should().Be((0, 0));
    }

    /// <summary>Without it the test above would prove nothing.</summary>
    [SkippableFact]
    public void The_same_readers_do_miss_where_the_link_is_removed_and_made_again()
    {
        File.CreateSymbolicLink(At("app"), At("1"));

        var (_, missing, _) = WithReaders(() => Enumerable.Range(0, 5_000).All(i =>
        {
            File.Delete(At("app"));
            File.CreateSymbolicLink(At("app"), At(i % 2 == 0 ? "2" : "1"));
            return true;
        }));

        missing.Should().BeGreaterThan(0);
    }

    private bool Switch(int number) =>
        AtomicLink.Switch(new LinkSwitch { Path = At("app"), Target = At(number % 2 == 0 ? "2" : "1") }) is LinkSwitchResult.Switched;

    private (long Reads, long Missing, long Wrong) WithReaders(Func<bool> act)
    {
        var readers = Enumerable.Range(0, 2).Select(_ => Process.Start(new ProcessStartInfo(NativeProgram.Of("reader"), At("app/REVISION"))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!).ToList();
        readers.ForEach(reader => reader.StandardOutput.ReadLine().Should().Be("ready"));
        act().Should().BeTrue();
        readers.ForEach(reader => reader.StandardInput.Close());
        var counts = readers.Select(reader => reader.StandardOutput.ReadToEnd().Split(' ').Select(text => long.Parse(text, CultureInfo.InvariantCulture)).ToArray()).ToList();
        readers.ForEach(reader => reader.Dispose());
        return (counts.Sum(item => item[0]), counts.Sum(item => item[1]), counts.Sum(item => item[2]));
    }

    private string At(string name) => Path.Join(_folder, name);
}
