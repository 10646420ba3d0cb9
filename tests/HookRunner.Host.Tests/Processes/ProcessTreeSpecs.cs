using System.Diagnostics;
using HookRunner.Host.Processes;

namespace HookRunner.Host.Tests.Processes;

public class ProcessTreeSpecs
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_child_is_found_below_its_parent_with_and_without_the_kernels_lists(bool asksKernel)
    {
        using var child = Process.Start("sleep", "300");

        new ProcessTree(asksKernel).ChildrenOf(Environment.ProcessId, threads: 0).Should().Contain(child.Id);

        child.Kill();
        child.WaitForExit();
    }

    [Fact]
    public void A_process_is_read_with_its_parent_whatever_its_name_holds()
    {
        using var folder = new TempDirectory();
        File.Copy("/bin/sleep", folder["a) b ("]);
        using var child = Process.Start(folder["a) b ("], "300");

        var stat = ProcessStat.Read(child.Id)!.Value;
        child.Kill();
        child.WaitForExit();

        stat.Parent.Should().Be(Environment.ProcessId);
        stat.Threads.Should().Be(1);
        stat.IsAlive.Should().BeTrue();
        ProcessStat.Read(child.Id).Should().BeNull();
    }

    [Fact]
    public void A_signal_never_reaches_a_process_that_has_the_pid_now_but_not_the_start_time()
    {
        using var stranger = Process.Start("sleep", "300");
        var stat = ProcessStat.Read(stranger.Id)!.Value;

        ProcessSignal.Send(stat with { StartTime = stat.StartTime - 1 }, ProcessSignal.Kill);
        var survived = !stranger.WaitForExit(TimeSpan.FromMilliseconds(300));
        ProcessSignal.Send(stat, ProcessSignal.Kill);

        survived.Should().BeTrue();
        stranger.WaitForExit(TimeSpan.FromSeconds(10)).Should().BeTrue();
    }
}
