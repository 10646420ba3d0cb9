using System.Reflection;
using System.Text;
using HookRunner.Host.Os;
using HookRunner.Host.State;
using HookRunner.Host.Tests.Steps;
using static HookRunner.Host.State.JournalRecord;

namespace HookRunner.Host.Tests.State;

public sealed class JournalSpecs : IDisposable
{
    private readonly TempDirectory _directory = new();

    private string Path => _directory["journal.jsonl"];

    public static TheoryData<string> EveryType => [.. Samples.Select(JournalFields.Type).Distinct()];

    private static IEnumerable<JournalRecord> Samples =>
    [
        new EventStarted
        {
            Deployment = "d-1", Event = "AfterInstall", Application = "Shop", Group = "Staging-APP", Environment = "staging",
            Roles = ["web", "job"], Bundle = "/opt/b", ProcessId = 42, BootId = "abc", Logs = "/var/log/x", Version = "0.1.0",
        },
        new StepEnded
        {
            Deployment = "d-1", Event = "AfterInstall", List = "steps", Number = 3, Name = "run \"x\"\n", Kind = "run",
            Result = "failed", Reason = "exit status 3", Took = TimeSpan.FromMilliseconds(1234), Attempts = 2, Log = "/l/03.log",
        },
        new EventEnded
        {
            Deployment = "d-1", Event = "AfterInstall", Result = "stopped", Exit = 143, Took = TimeSpan.FromSeconds(2),
            FailedStep = "x", Reason = "y", NotRun = ["on_failure", "always"],
        },
        new DeploymentSeen("/opt/app", null) { Deployment = "d-1" },
        new DeploymentSeen("/opt/app", "/opt/app-releases/d-0") { Deployment = "d-1" },
        new ReleaseChosen("/r/d-1") { Deployment = "d-1" },
        new StagingAwaited("/s") { Deployment = "d-1" },
        new ReleaseStaged("/r/d-1", "/s") { Deployment = "d-1" },
        new ReleaseActivated("/opt/app", "/r/d-1", "/r/d-0") { Deployment = "d-1" },
        new ReleaseRolledBack("/opt/app", "/r/d-0", "/r/d-1") { Deployment = "d-1" },
        new ReleaseMarkedBad("/r/d-1") { Deployment = "d-1" },
        new ReleaseAdopted("/opt/app", "/r/base") { Deployment = "d-1" },
        new ReleasePruned("/r/d-0") { Deployment = "d-1" },
        new LinkSwitched("/opt/app", "/opt/app-codedeploy", "/opt/app-base") { Deployment = "d-1" },
        new Compacted(17) { Deployment = "" },
    ];

    public void Dispose() => _directory.Dispose();

    [Theory]
    [MemberData(nameof(EveryType))]
    public void A_record_comes_back_as_it_was_written(string type)
    {
        foreach (var sample in Samples.Where(item => JournalFields.Type(item) == type))
        {
            var read = JournalFormat.Read(JournalFormat.Line(sample).ToArray())!;

            read.Should().BeEquivalentTo(sample, options => options.Excluding(item => item.At).RespectingRuntimeTypes());
            read.At.Should().BeCloseTo(sample.At, TimeSpan.FromMilliseconds(2));
        }
    }

    [Fact]
    public void There_is_a_sample_of_every_record() => Samples.Select(sample => sample.GetType()).Distinct().Should().BeEquivalentTo(
        typeof(JournalRecord).GetNestedTypes(BindingFlags.NonPublic).Where(type => type.IsSubclassOf(typeof(JournalRecord)) && type != typeof(Unknown)));

    [Fact]
    public void Records_are_read_newest_first_over_chunk_borders()
    {
        using var journal = Journal.Open(Path);

        for (var i = 0; i < 2_000; i++)
        {
            journal.Append(new StepEnded { Deployment = $"d-{i}", Event = "E", List = "steps", Number = i, Name = new string('n', i % 97), Result = "ok" })
                .Should().BeNull();
        }

        journal.NewestFirst().Select(record => record.Deployment).Should().Equal(Enumerable.Range(0, 2_000).Reverse().Select(i => $"d-{i}"));
    }

    [Theory]
    [InlineData("{\"v\":1,\"type\":\"release_ch")]
    [InlineData("\0\0\0\0")]
    [InlineData("{\"v\":1}")]
    [InlineData("[]")]
    public void A_torn_tail_is_passed_over_and_ended_before_the_next_record(string tail)
    {
        File.WriteAllText(Path, Encoding.UTF8.GetString(JournalFormat.Line(new ReleasePruned("/a") { Deployment = "d-1" })) + tail);
        using var journal = Journal.Open(Path);

        journal.Append(new ReleasePruned("/b") { Deployment = "d-2" }).Should().BeNull();

        journal.NewestFirst().Select(record => record.Deployment).Should().Equal("d-2", "d-1");
        File.ReadLines(Path).Should().HaveCount(3);
    }

    [Fact]
    public void What_a_newer_version_writes_is_kept_and_reads_as_unknown()
    {
        File.WriteAllLines(Path,
        [
            """{"v":1,"type":"moon_phase","at":"2031-01-01T00:00:00Z","deployment":"d-9","phase":"full"}""",
            """{"v":2,"type":"release_pruned","deployment":"d-8","path":"/x"}""",
            """{"v":1,"type":"release_pruned","deployment":"d-7","path":"/x","why":"disk"}""",
        ]);
        using var journal = Journal.Open(Path);

        journal.NewestFirst().Should().BeEquivalentTo<JournalRecord>(
            [new ReleasePruned("/x") { Deployment = "d-7" }, new Unknown("release_pruned") { Deployment = "d-8" }, new Unknown("moon_phase") { Deployment = "d-9" }],
            options => options.Excluding(item => item.At).RespectingRuntimeTypes().WithStrictOrdering());
    }

    [Fact]
    public void Above_4_MiB_the_newest_200_deployments_stay_line_by_line()
    {
        var lines = Enumerable.Range(0, 300).SelectMany(i => Enumerable.Repeat(
            $$"""{"v":1,"type":"moon_phase","deployment":"d-{{i}}","phase":"{{new string('o', 1_500)}}"}""", 10)).ToList();
        File.WriteAllLines(Path, lines);

        using (var journal = Journal.Open(Path))
        {
            journal.Append(new ReleasePruned("/x") { Deployment = "d-299" }).Should().BeNull();
        }

        var after = File.ReadAllLines(Path);
        after[0].Should().Contain("\"compacted\"");
        after[1..^1].Should().Equal(lines[1_000..]);
        after[^1].Should().Contain("release_pruned");
    }

    [Fact]
    public void A_journal_that_cannot_be_made_smaller_is_not_rewritten_each_time()
    {
        File.WriteAllLines(Path, Enumerable.Repeat($$"""{"v":1,"type":"moon_phase","deployment":"d-1","phase":"{{new string('o', 1_500)}}"}""", 3_500));
        Journal.Open(Path).Dispose();
        var made = new FileInfo(Path).CreationTimeUtc;

        Journal.Open(Path).Dispose();

        new FileInfo(Path).CreationTimeUtc.Should().Be(made);
    }

    [SkippableFact]
    public void A_full_disk_is_an_error_of_that_record_and_no_later_one() => PrivateMounts.Run(() =>
    {
        Directory.CreateDirectory(_directory["disk"]);
        PrivateMounts.Shell($"mount -t tmpfs -o size=64k,mode=755 none {_directory["disk"]}");
        using (var journal = Journal.Open(_directory["disk/journal.jsonl"]))
        {
            journal.Append(new ReleasePruned("/a") { Deployment = "d-1" }).Should().BeNull();
            PrivateMounts.Shell($"head -c 1M /dev/zero > {_directory["disk/filler"]} 2>/dev/null || true");
            journal.Append(new ReleasePruned(new string('b', 8_000)) { Deployment = "d-2" })!.Number.Should().Be(Errno.ENOSPC);
            PrivateMounts.Shell($"rm {_directory["disk/filler"]}");

            journal.Append(new ReleasePruned("/c") { Deployment = "d-3" }).Should().BeNull();

            journal.NewestFirst().Select(record => record.Deployment).Should().Equal("d-3", "d-1");
        }

        PrivateMounts.Shell($"umount {_directory["disk"]}");
    });

    [Fact]
    public void A_journal_that_cannot_be_written_says_why_at_every_append_and_is_read_all_the_same()
    {
        using var missing = Journal.Open(_directory["no/such/journal.jsonl"]);

        missing.Append(new ReleasePruned("/x") { Deployment = "d-1" })!.ToString().Should().Contain("no/such/journal.jsonl").And.Contain("ENOENT");
        missing.NewestFirst().Should().BeEmpty();
    }
}
