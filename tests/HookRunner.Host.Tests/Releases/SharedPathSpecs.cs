using HookRunner.Core.Steps;

namespace HookRunner.Host.Tests.Releases;

public sealed class SharedPathSpecs : IDisposable
{
    private readonly ReleaseHost _host = new();

    public void Dispose() => _host.Dispose();

    [Fact]
    public void The_first_release_brings_what_is_shared()
    {
        Share("public/uploads");
        _host.Write("staging/public/uploads/a", "1");

        Stage("d-1");

        _host.ReadLink("releases/d-1/public/uploads").Should().Be(_host.At("shared/public/uploads"));
        _host.Read("shared/public/uploads/a").Should().Be("1");
    }

    [Fact]
    public void Where_it_brings_nothing_the_live_releases_content_is_taken_without_a_gap()
    {
        _host.Write("staging/log/app.log", "so far");
        _host.Deploy("d-1");
        Share("log");
        using var writer = File.AppendText(_host.At("app/log/app.log"));
        _host.Install("d-2");

        Stage("d-2");
        writer.Write(", and after");
        writer.Flush();

        _host.Read("releases/d-2/log/app.log").Should().Be("so far, and after");
        _host.Read("app/log/app.log").Should().Be("so far, and after");
    }

    [Theory]
    [InlineData("log", true)]
    [InlineData("conf.d/", true)]
    [InlineData("config/database.yml", false)]
    public void Where_nobody_has_it_a_directory_is_made_and_a_file_is_waited_for(string path, bool isDirectory)
    {
        Share(path);
        _host.Install("d-1");

        Stage("d-1");

        Directory.Exists(_host.At("shared/" + path)).Should().Be(isDirectory);
        _host.ReadLink("releases/d-1/" + path.TrimEnd('/')).Should().Be(_host.At("shared/" + path.TrimEnd('/')));
        _host.Said.Should().HaveCount(isDirectory ? 0 : 1);
    }

    [Fact]
    public void What_a_later_release_brings_under_a_shared_name_is_set_aside_and_said()
    {
        Share("public/uploads");
        _host.Write("staging/public/uploads/a", "1");
        Stage("d-1");
        _host.Write("staging/public/uploads/b", "2");

        Stage("d-2");

        _host.Names("releases/d-2/public/uploads").Should().Equal("a");
        _host.Read("releases/d-2/.hookrunner-aside/public+uploads/b").Should().Be("2");
        _host.Said.Should().ContainSingle().Which.Should().Contain("set aside");
    }

    [Fact]
    public void A_way_through_a_link_is_refused_because_it_may_lead_outside()
    {
        Share("public/uploads");
        _host.Make("outside");
        _host.Write("staging/x");
        _host.Link("staging/public", _host.At("outside"));

        var outcome = _host.Do("d-1", "stage");

        outcome.Should().BeOfType<StepOutcome.Failed>().Which.Reason.Should().Contain("which is a link or no directory and may lead outside");
        _host.Names("outside").Should().BeEmpty();
    }

    [Fact]
    public void A_stage_that_failed_at_its_shared_paths_goes_on_where_it_was()
    {
        Share("public/uploads");
        _host.Write("staging/public", "a file in the way");
        _host.Do("d-1", "stage").Should().BeOfType<StepOutcome.Failed>();
        File.Delete(_host.At("releases/.hookrunner-staged-d-1/public"));

        Stage("d-1");

        _host.Exists("releases/d-1/public/uploads").Should().BeTrue();
    }

    private void Share(params string[] paths) => _host.Settings = _host.Settings with { Shared = [.. paths] };

    private void Stage(string deployment) => _host.Do(deployment, "stage").Should().BeOfType<StepOutcome.Succeeded>();
}
