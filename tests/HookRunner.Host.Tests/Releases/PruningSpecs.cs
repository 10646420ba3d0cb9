using System.Diagnostics;
using HookRunner.Host.State;

namespace HookRunner.Host.Tests.Releases;

public sealed class PruningSpecs : IDisposable
{
    private readonly ReleaseHost _host = new();

    public void Dispose() => _host.Dispose();

    [Fact]
    public void The_newest_stay_as_many_as_are_kept_the_live_one_counted()
    {
        Deploy(keep: 3, 1, 2, 3, 4, 5);

        _host.Names("releases").Should().Equal("d-3", "d-4", "d-5");
    }

    [Fact]
    public void The_live_one_and_the_one_to_go_back_to_stay_whatever_is_kept()
    {
        Deploy(keep: 1, 1, 2, 3);

        _host.Names("releases").Should().Equal("d-2", "d-3");
    }

    [Fact]
    public void What_failed_goes_before_what_was_live()
    {
        Deploy(keep: 3, 1, 2);
        Deploy(keep: 3, 3);
        _host.Do("d-3", "rollback");

        Deploy(keep: 3, 4);

        _host.Names("releases").Should().Equal("d-1", "d-2", "d-4");
    }

    [Fact]
    public void A_directory_that_is_no_release_of_ours_is_none_to_prune()
    {
        _host.Make("releases/backup-2019");

        Deploy(keep: 1, 1, 2, 3);

        _host.Names("releases").Should().Equal("backup-2019", "d-2", "d-3");
    }

    [Fact]
    public void A_release_named_as_a_deployment_is_ours_though_the_journal_is_lost()
    {
        _host.Make("releases/d-ABCDEF123");
        _host.Make("releases/d-ABCDEF123.2");

        Deploy(keep: 1, 1, 2);

        _host.Names("releases").Should().Equal("d-1", "d-2");
    }

    [NeedsTheory("root")]
    [InlineData("cwd")]
    [InlineData("open")]
    [InlineData("exe")]
    [InlineData("mapped")]
    [InlineData("mounted")]
    public async Task A_release_in_which_a_process_lives_stays_and_the_process_is_named(string how)
    {
        Deploy(keep: 2, 1);
        File.Copy("/bin/sleep", _host.At("releases/d-1/sleeper"));
        using var process = Start(how);
        try
        {
            Deploy(keep: 2, 2, 3);
            _host.Names("releases").Should().Equal("d-1", "d-2", "d-3");
            _host.Said.Should().Contain(line => line.Contains("the old release d-1 stays") && line.Contains($"(pid {process.Id}"));
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync();
        }

        Deploy(keep: 2, 4);
        _host.Names("releases").Should().Equal("d-3", "d-4");
    }

    [Fact]
    public void What_killed_runs_left_half_is_swept()
    {
        _host.Write("releases/.hookrunner-copy-d-0/a/b");
        _host.Write("releases/.hookrunner-removed-d-0/a/b");
        _host.Write("releases/.hookrunner-staged-d-0/a/b");

        Deploy(keep: 3, 1);

        _host.Names("releases").Should().Equal("d-1");
    }

    [Fact]
    public void A_floor_of_free_space_that_cannot_be_met_takes_all_but_what_is_needed()
    {
        Deploy(keep: 5, 1, 2, 3);
        _host.Settings = _host.Settings with { KeepFree = long.MaxValue };

        Deploy(keep: 5, 4);

        _host.Names("releases").Should().Equal("d-3", "d-4");
    }

    [Fact]
    public void What_was_pruned_is_in_the_journal()
    {
        Deploy(keep: 2, 1, 2, 3);

        _host.Records.OfType<JournalRecord.ReleasePruned>().Select(record => record.Path).Should().Equal(_host.At("releases/d-1"));
    }

    private void Deploy(int keep, params int[] numbers)
    {
        _host.Settings = _host.Settings with { Keep = keep };
        foreach (var number in numbers)
        {
            _host.Deploy($"d-{number}");
        }
    }

    /// <summary>A library in the release: it is mapped, and its file closed.</summary>
    private string Library()
    {
        var line = File.ReadLines("/proc/self/maps").First(line => line.EndsWith("/libm.so.6", StringComparison.Ordinal));
        File.Copy(line[line.IndexOf('/', StringComparison.Ordinal)..], _host.At("releases/d-1/library.so"));
        return _host.At("releases/d-1/library.so");
    }

    /// <summary>A process that lives in release d-1, once it really does.</summary>
    private Process Start(string how)
    {
        var start = how switch
        {
            "cwd" => new ProcessStartInfo("/bin/sleep", "600") { WorkingDirectory = _host.At("releases/d-1") },
            "open" => new ProcessStartInfo("/bin/sh", ["-c", "exec 9< REVISION; cd /; exec sleep 600"]) { WorkingDirectory = _host.At("releases/d-1") },
            "mapped" => new ProcessStartInfo("/bin/sleep", "600") { WorkingDirectory = "/", Environment = { ["LD_PRELOAD"] = Library() } },
            "mounted" => new ProcessStartInfo("unshare", ["-m", "--propagation", "private", "sh", "-c", $"mount --bind {_host.At("releases/d-1")} /mnt; exec sleep 600"]) { WorkingDirectory = "/" },
            _ => new ProcessStartInfo(_host.At("releases/d-1/sleeper"), "600") { WorkingDirectory = "/" },
        };
        var process = Process.Start(start)!;
        SpinWait.SpinUntil(() => File.ReadAllText($"/proc/{process.Id}/comm").StartsWith("sleep", StringComparison.Ordinal), TimeSpan.FromSeconds(20)).Should().BeTrue();
        return process;
    }
}
