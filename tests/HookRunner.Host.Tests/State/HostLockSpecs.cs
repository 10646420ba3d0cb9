using HookRunner.Core.Language;
using HookRunner.Host.State;
using HookRunner.Host.Tests.Steps;

namespace HookRunner.Host.Tests.State;

public sealed class HostLockSpecs : IDisposable
{
    private readonly TempDirectory _directory = new();

    private readonly List<string> _said = [];

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Who_has_a_lock_is_named_to_who_waits_in_vain()
    {
        using var first = Held(Request("Shop", "Staging", "d-1")).Locks;

        var second = HostLock.Acquire(Request("Shop", "Staging", "d-2") with { Within = TimeSpan.FromMilliseconds(200) });

        second.Should().BeOfType<LockOutcome.Busy>().Which.ToString().Should()
            .StartWith("application Shop is in use by deployment d-1 (AfterInstall) of Shop/Staging, pid ");
        _said.Should().ContainSingle().Which.Should().StartWith("waiting: application Shop is in use by deployment d-1");
    }

    [Fact]
    public async Task A_lock_that_is_let_go_is_taken_by_who_waits()
    {
        var first = Held(Request("Shop", "Staging", "d-1")).Locks;
        var second = Task.Run(() => HostLock.Acquire(Request("Shop", "Staging", "d-2") with { Within = TimeSpan.FromSeconds(30) }));

        SpinWait.SpinUntil(() => _said.Count > 0, TimeSpan.FromSeconds(20)).Should().BeTrue();
        first.End(HolderState.BetweenEvents);

        (await second).Should().BeOfType<LockOutcome.Held>().Which.Locks.Dispose();
    }

    [Fact]
    public void Different_applications_on_different_links_run_side_by_side()
    {
        using var first = Held(Request("Shop", "Staging", "d-1", "/opt/shop")).Locks;

        using var second = Held(Request("Blog", "Staging", "d-2", "/opt/blog")).Locks;
    }

    [Fact]
    public void One_link_is_one_lock_whatever_application_and_path_lead_to_it()
    {
        Directory.CreateDirectory(_directory["real"]);
        File.CreateSymbolicLink(_directory["alias"], _directory["real"]);
        using var first = Held(Request("Shop", "Staging", "d-1", _directory["real/app"])).Locks;

        var second = HostLock.Acquire(Request("Blog", "Staging", "d-2", _directory["alias/app/"]));

        second.Should().BeOfType<LockOutcome.Busy>().Which.What.Should().StartWith("link ");
    }

    [Fact]
    public void Another_group_waits_while_a_deployment_is_under_way_and_goes_on_with_its_name_afterwards()
    {
        Held(Request("Shop", "A", "d-1", "/opt/app")).Locks.End(HolderState.BetweenEvents);

        HostLock.Acquire(Request("Shop", "B", "d-2", "/opt/app")).Should().BeOfType<LockOutcome.Busy>()
            .Which.Holder!.Deployment.Should().Be("d-1");
        Held(Request("Shop", "A", "d-1", "/opt/app")).Locks.End(HolderState.Over);
        var after = Held(Request("Shop", "B", "d-2", "/opt/app"));
        after.Locks.Dispose();

        after.Sharing.Should().ContainSingle().Which.Group.Should().Be("A");
    }

    [Fact]
    public void The_same_group_under_another_application_is_another_group()
    {
        Held(Request("Shop", "A", "d-1", "/opt/app")).Locks.End(HolderState.BetweenEvents);

        HostLock.Acquire(Request("Blog", "A", "d-2", "/opt/app")).Should().BeOfType<LockOutcome.Busy>();
    }

    [Fact]
    public async Task To_be_told_to_stop_ends_the_waiting()
    {
        using var first = Held(Request("Shop", "Staging", "d-1")).Locks;
        using var stop = new CancellationTokenSource();
        var second = Task.Run(() => HostLock.Acquire(
            Request("Shop", "Staging", "d-2") with { Within = TimeSpan.FromMinutes(5), Stopping = stop.Token }));

        stop.Cancel();

        (await second).Should().BeOfType<LockOutcome.Stopped>();
    }

    [Fact]
    public void Who_holds_a_links_lock_can_be_seen_without_taking_it()
    {
        var request = Request("Shop", "A", "d-1", "/opt/app");
        LockLook.HolderOf(request.Layout, "/opt/app").Should().BeNull();

        using (Held(request).Locks)
        {
            LockLook.HolderOf(request.Layout, "/opt/app")!.Deployment.Should().Be("d-1");
        }

        LockLook.HolderOf(request.Layout, "/opt/app").Should().BeNull();
    }

    [SkippableFact]
    public void On_a_read_only_disk_locks_still_keep_runs_apart() => PrivateMounts.Run(() =>
    {
        var request = Request("Shop", "A", "d-1", "/opt/app");
        PrivateMounts.Shell($"mount --bind {_directory.Path} {_directory.Path} && mount -o remount,bind,ro {_directory.Path}; mount -t tmpfs none /run");

        using var first = Held(request).Locks;
        var second = HostLock.Acquire(request);
        PrivateMounts.Shell($"umount {_directory.Path}");

        second.Should().BeOfType<LockOutcome.Busy>();
    });

    [Fact]
    public void A_lock_folder_that_cannot_be_made_is_an_error_that_names_it()
    {
        File.WriteAllText(_directory["file"], "");

        var outcome = HostLock.Acquire(Request("Shop", "A", "d-1") with { Layout = StateLayout.For("Shop", _directory["file"]) });

        outcome.Should().BeOfType<LockOutcome.Failed>().Which.Error.ToString().Should().Contain(_directory["file"]);
    }

    private static LockOutcome.Held Held(LockRequest request) => HostLock.Acquire(request).Should().BeOfType<LockOutcome.Held>().Subject;

    private LockRequest Request(string application, string group, string deployment, params string[] links)
    {
        var layout = StateLayout.For(application, _directory.Path);
        layout.Create().Should().BeNull();
        return new LockRequest
        {
            Layout = layout,
            Links = [.. links],
            Me = Holder(application, group, deployment),
            SharedHost = SharedHost.Warn,
            Within = TimeSpan.Zero,
            Say = _said.Add,
        };
    }

    internal static LockHolder Holder(string application, string group, string deployment) => new()
    {
        Application = application,
        Group = group,
        Deployment = deployment,
        Event = "AfterInstall",
        ProcessId = Environment.ProcessId,
        Since = DateTimeOffset.UtcNow,
        BootId = Boot.Id,
        LastSign = Boot.Now,
        State = HolderState.Running,
    };
}
