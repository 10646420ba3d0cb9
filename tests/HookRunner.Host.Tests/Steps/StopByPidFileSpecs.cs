using System.Diagnostics;
using HookRunner.Core.Steps;
using HookRunner.Host.Os;

namespace HookRunner.Host.Tests.Steps;

/// <summary>A pid file is a claim: whoever can write it must not be able to have anything stopped.</summary>
public sealed class StopByPidFileSpecs : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("", "is empty; expected a pid")]
    [InlineData("abc\n", "holds `abc`; expected a pid")]
    [InlineData("-1\n", "holds `-1`; expected a pid")]
    [InlineData("0\n", "holds `0`; expected a pid")]
    [InlineData("12 34\n", "holds `12 34`; expected a pid")]
    [InlineData("99999999999999\n", "holds `99999999999999`; expected a pid")]
    [InlineData("\u001b[2J\n", "holds `?[2J`; expected a pid")]
    public void What_is_no_pid_is_refused(string content, string message)
    {
        var file = _folder.Write("bad.pid", content);

        var failed = Failure(file);

        failed.Reason.Should().Be($"`{file}` {message}");
        failed.Hint.Should().NotBeNull();
        File.Exists(file).Should().BeTrue();
    }

    [Fact]
    public void Neither_the_first_process_nor_hookrunner_nor_what_it_runs_under_is_stopped()
    {
        var parent = ProcessIdOfParent();

        Failure(_folder.Write("1.pid", "1\n")).Reason.Should().Be($"the process of `{_folder.At("1.pid")}` is pid 1: the first process of the system, which is not stopped");
        Failure(_folder.Write("own.pid", $"{Environment.ProcessId}\n")).Reason.Should().EndWith($"is pid {Environment.ProcessId}: hookrunner itself, which is not stopped");
        Failure(_folder.Write("up.pid", $"{parent}\n")).Reason.Should().EndWith($"is pid {parent}: what hookrunner runs under, which is not stopped");
    }

    [Fact]
    public void A_pid_that_came_back_as_another_process_is_left_alone_and_the_file_removed()
    {
        using var stranger = new StartedServer("sleep", "1000");
        var file = _folder.Write("old.pid", $"{stranger.Id}\n");
        File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddSeconds(-30));

        var outcome = Do(file);

        outcome.Should().Be(new StepOutcome.Succeeded($"already stopped: pid {stranger.Id} of {file} is another process's by now; removed {file}"));
        stranger.IsAlive.Should().BeTrue();
        File.Exists(file).Should().BeFalse();
    }

    [Fact]
    public void The_file_of_a_process_that_has_gone_is_removed()
    {
        int id;
        using (var server = new StartedServer("true"))
        {
            id = server.Id;
        }

        var file = _folder.Write("gone.pid", $"{id}\n");

        Do(file).Should().Be(new StepOutcome.Succeeded($"already stopped; removed {file}"));
        File.Exists(file).Should().BeFalse();
    }

    [Fact]
    public void Only_the_first_line_counts_as_with_the_files_of_databases()
    {
        using var server = new StartedServer("sleep", "1000");

        Do(_folder.Write("postmaster.pid", $"{server.Id}\n/var/lib/data\n1700000000\n")).Should().BeOfType<StepOutcome.Succeeded>();

        server.IsAlive.Should().BeFalse();
    }

    [NeedsFact("root", "setpriv")]
    public void A_users_file_may_only_name_that_users_processes()
    {
        using var roots = new StartedServer("sleep", "1000");
        using var own = new StartedServer("setpriv", "--reuid=65534", "--clear-groups", "sleep", "1000");
        Eventually.Holds(() => UserOf(own.Id) == "65534");
        string Owned(string name, int id)
        {
            var file = _folder.Write(name, $"{id}\n");
            Libc.ChangeOwner(file, 65534, 65534).Should().Be(0);
            return file;
        }

        var refused = Failure(Owned("hostile.pid", roots.Id));
        var stopped = Do(Owned("own.pid", own.Id));

        refused.Reason.Should().Be($"`{_folder.At("hostile.pid")}` belongs to user nobody, but pid {roots.Id} (sleep 1000) runs as root: it is not stopped");
        stopped.Should().BeOfType<StepOutcome.Succeeded>();
        (roots.IsAlive, own.IsAlive).Should().Be((true, false));
    }

    [Fact]
    public void A_file_that_anybody_can_write_is_refused()
    {
        using var server = new StartedServer("sleep", "1000");
        var file = _folder.Write("open.pid", $"{server.Id}\n");
        File.SetUnixFileMode(file, (UnixFileMode)Convert.ToInt32("666", 8));

        Failure(file).Reason.Should().Be($"`{file}` can be written by every user, who could name any process in it");

        server.IsAlive.Should().BeTrue();
    }

    [Fact]
    public void A_link_or_a_pipe_is_no_pid_file()
    {
        using var server = new StartedServer("sleep", "1000");
        _folder.Write("real.pid", $"{server.Id}\n");
        using (var make = Process.Start("mkfifo", _folder.At("pipe.pid")))
        {
            make.WaitForExit();
        }

        Failure(_folder.Link("link.pid", _folder.At("real.pid"))).Reason.Should().Be($"`{_folder.At("link.pid")}` is a link; expected a file that holds a pid");
        Failure(_folder.At("pipe.pid")).Reason.Should().Be($"`{_folder.At("pipe.pid")}` is no file; expected a file that holds a pid");

        server.IsAlive.Should().BeTrue();
    }

    private static int ProcessIdOfParent() => HookRunner.Host.Processes.ProcessStat.Read(Environment.ProcessId)!.Value.Parent;

    private static string UserOf(int id) => File.ReadAllLines($"/proc/{id}/status").Single(line => line.StartsWith("Uid:", StringComparison.Ordinal)).Split('\t')[2];

    private static StepOutcome.Failed Failure(string file) => (StepOutcome.Failed)Do(file);

    private static StepOutcome Do(string file) => Some.Step($"stop_process: {{ pid_file: {file} }}").Run(new TestStepRun("/"));
}
