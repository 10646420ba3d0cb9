using HookRunner.Core.Deployment;
using HookRunner.Core.Steps;
using HookRunner.Host.State;

namespace HookRunner.Host.Tests.Releases;

public sealed class ReleaseSpecs : IDisposable
{
    private readonly ReleaseHost _host = new();

    public void Dispose() => _host.Dispose();

    [Fact]
    public void What_Install_put_down_becomes_the_live_release_of_the_deployment()
    {
        _host.Deploy("d-1");

        _host.Live.Should().Be(_host.At("releases/d-1"));
        _host.Read("app/REVISION").Should().Be("d-1");
        _host.Exists("staging").Should().BeFalse();
    }

    [Fact]
    public void Staging_is_one_rename_and_no_copy()
    {
        _host.Install("d-1");
        var before = Inode("staging/REVISION");

        _host.Do("d-1", "stage");

        Inode("releases/d-1/REVISION").Should().Be(before);
    }

    [Fact]
    public void A_second_stage_and_a_second_activate_change_nothing()
    {
        _host.Deploy("d-1");

        _host.Do("d-1", "stage").Should().Be(new StepOutcome.Succeeded("already staged"));
        _host.Do("d-1", "activate").Should().Be(new StepOutcome.Succeeded("already live"));
    }

    [Theory]
    [InlineData(null, "is not there")]
    [InlineData("", "is empty")]
    [InlineData("file", "is a file; expected a directory")]
    public void Where_there_is_nothing_to_stage_the_failure_names_appspecs_files(string? kind, string reason)
    {
        if (kind == "file")
        {
            _host.Write("staging");
        }
        else if (kind is not null)
        {
            _host.Make("staging");
        }

        var failed = _host.Do("d-1", "stage").Should().BeOfType<StepOutcome.Failed>().Subject;

        failed.Reason.Should().Contain(reason);
        failed.Hint.Should().Contain("`files:`").And.Contain(_host.At("staging"));
    }

    [Fact]
    public void A_release_that_was_not_staged_cannot_be_activated()
    {
        _host.Deploy("d-1");

        _host.Do("d-2", "activate").Should().BeOfType<StepOutcome.Failed>().Which.Reason.Should().Contain("has staged no release");
        _host.Live.Should().Be(_host.At("releases/d-1"));
    }

    [Fact]
    public void Rollback_goes_back_to_what_the_link_held_before_this_deployment()
    {
        _host.Deploy("d-1");
        _host.Deploy("d-2");

        var outcome = _host.Do("d-2", "rollback", LifecycleEvent.ValidateService);

        outcome.Should().Be(new StepOutcome.Succeeded($"back to {_host.At("releases/d-1")}; {_host.At("releases/d-2")} is marked bad"));
        _host.Live.Should().Be(_host.At("releases/d-1"));
    }

    [Fact]
    public void Rollback_twice_before_activate_or_of_the_first_release_does_nothing_and_says_so()
    {
        _host.Deploy("d-1");
        _host.Do("d-1", "rollback").Should().BeOfType<StepOutcome.Skipped>().Which.Reason.Should().Contain("is the first release");
        _host.Do("d-2", "rollback").Should().BeOfType<StepOutcome.Skipped>().Which.Reason.Should().Contain("not this deployment's release");
        _host.Deploy("d-2");
        _host.Do("d-2", "rollback");

        _host.Do("d-2", "rollback").Should().BeOfType<StepOutcome.Skipped>();
        _host.Live.Should().Be(_host.At("releases/d-1"));
    }

    [Fact]
    public void Rollback_leaves_the_link_where_what_it_held_is_gone()
    {
        _host.Deploy("d-1");
        _host.Deploy("d-2");
        Directory.Delete(_host.At("releases/d-1"), recursive: true);

        _host.Do("d-2", "rollback").Should().BeOfType<StepOutcome.Skipped>().Which.Reason.Should().StartWith("the link stays");
        _host.Live.Should().Be(_host.At("releases/d-2"));
    }

    [Fact]
    public void Whether_it_is_the_first_release_holds_through_all_events_of_the_deployment()
    {
        _host.Deploy("d-1");
        _host.Deploy("d-2");

        using var first = _host.Open("d-1", LifecycleEvent.ValidateService);
        using var second = _host.Open("d-2", LifecycleEvent.ValidateService);

        (first.IsFirstRelease, second.IsFirstRelease).Should().Be((true, false));
    }

    [Fact]
    public void Names_that_come_back_get_a_release_of_their_own()
    {
        _host.Deploy("local-42");
        _host.Deploy("local-43");

        _host.Deploy("local-42");

        _host.Live.Should().Be(_host.At("releases/local-42.2"));
        using var context = _host.Open("local-42");
        context.IsFirstRelease.Should().BeFalse();
    }

    [Fact]
    public void Where_the_way_back_cannot_be_recorded_nothing_is_switched()
    {
        _host.Deploy("d-1");
        _host.Install("d-2");
        _host.Do("d-2", "stage");
        File.Move(_host.Layout.Journal, _host.At("journal"));
        File.CreateSymbolicLink(_host.Layout.Journal, _host.At("journal"));

        var outcome = _host.Do("d-2", "activate");

        outcome.Should().BeOfType<StepOutcome.Failed>().Which.Reason.Should().StartWith("the way back cannot be recorded, so the link was not touched: ");
        _host.Live.Should().Be(_host.At("releases/d-1"));
    }

    [Fact]
    public void A_real_directory_in_the_way_is_refused_or_kept_as_release_base()
    {
        _host.Write("app/old", "by hand");
        _host.Install("d-1");
        _host.Do("d-1", "stage");
        _host.Do("d-1", "activate").Should().BeOfType<StepOutcome.Failed>().Which.Hint.Should().Contain("`adopt: true`");
        _host.Settings = _host.Settings with { Adopt = true };

        _host.Do("d-1", "activate").Should().BeOfType<StepOutcome.Succeeded>();

        _host.Read("releases/base/old").Should().Be("by hand");
        _host.Do("d-1", "rollback").Should().BeOfType<StepOutcome.Succeeded>();
        _host.Read("app/old").Should().Be("by hand");
    }

    [Fact]
    public void A_release_may_come_from_a_directory_of_the_bundle()
    {
        _host.Write("bundle/app/bin/run", "code");
        _host.Settings = _host.Settings with { Staging = null, Source = "app" };

        _host.Do("d-1", "stage").Should().BeOfType<StepOutcome.Succeeded>();

        _host.Read("releases/d-1/bin/run").Should().Be("code");
        _host.Exists("bundle/app/bin/run").Should().BeTrue();
    }

    [Fact]
    public void Every_change_is_in_the_journal()
    {
        _host.Deploy("d-1");
        _host.Deploy("d-2");
        _host.Do("d-2", "rollback");

        _host.Records.Where(record => record.Deployment == "d-2").Select(JournalFields.Type).Reverse().Should().Equal(
            "deployment_seen", "deployment_seen", "release_chosen", "staging_awaited", "release_staged", "release_activated", "release_marked_bad", "release_rolled_back");
    }

    private ulong Inode(string name)
    {
        HookRunner.Host.Os.FileStatus.Of(_host.At(name), out var status).Should().BeNull();
        return status.Inode;
    }
}
