using HookRunner.Host.Os;
using HookRunner.Host.State;

namespace HookRunner.Host.Tests.State;

public sealed class StateLayoutSpecs : IDisposable
{
    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Without_state_things_lie_where_the_system_keeps_them()
    {
        var layout = StateLayout.For("shop", null);

        (layout.Journal, layout.Locks, layout.DeploymentLogs("d-1")).Should()
            .Be(("/var/lib/hookrunner/shop/journal.jsonl", "/var/lib/hookrunner/.locks", "/var/log/hookrunner/shop/d-1"));
    }

    [Fact]
    public void With_state_all_of_it_lies_below_that()
    {
        var layout = StateLayout.For("../../etc", "/srv/state");

        layout.Journal.Should().MatchRegex(@"^/srv/state/[A-Za-z0-9._-]+/journal\.jsonl$").And.NotContain("/..");
        layout.Logs.Should().StartWith("/srv/state/").And.EndWith("/log");
    }

    [Fact]
    public void Folders_are_for_their_owner_and_its_group()
    {
        var layout = StateLayout.For("shop", _directory["state"]);

        layout.Create().Should().BeNull();

        File.GetUnixFileMode(layout.Directory).Should().HaveFlag(UnixFileMode.UserWrite).And.NotHaveFlag(UnixFileMode.OtherRead);
        layout.Create().Should().BeNull("made twice, it is there all the same");
    }

    [Fact]
    public void The_same_event_again_gets_a_folder_of_its_own()
    {
        var layout = StateLayout.For("shop", _directory["state"]);

        var folders = Enumerable.Range(0, 3).Select(_ =>
        {
            layout.CreateEventLogs("d-1", "AfterInstall", out var folder).Should().BeNull();
            return Path.GetFileName(folder);
        }).ToList();

        folders.Should().Equal("AfterInstall", "AfterInstall.2", "AfterInstall.3");
        StateLayout.StepLog("/l", 3, "Install gems/now").Should().Be("/l/03-Install_gems_now.log");
    }

    [Fact]
    public void A_place_that_cannot_be_made_is_named()
    {
        File.WriteAllText(_directory["file"], "");

        StateLayout.For("shop", _directory["file"]).Create()!.Number.Should().Be(Errno.ENOTDIR);
    }
}
