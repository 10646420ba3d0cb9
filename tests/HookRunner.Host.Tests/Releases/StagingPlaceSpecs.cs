using HookRunner.Core.Steps;

namespace HookRunner.Host.Tests.Releases;

public sealed class StagingPlaceSpecs : IDisposable
{
    private readonly ReleaseHost _host = new();

    public void Dispose() => _host.Dispose();

    [Fact]
    public void What_a_deployment_left_unstaged_is_removed_before_the_next_Install()
    {
        _host.BeforeInstall("d-1").Should().BeNull();
        _host.Install("d-1");

        _host.BeforeInstall("d-2").Should().BeNull();

        _host.Exists("staging").Should().BeFalse();
        _host.Said.Should().ContainSingle().Which.Should().Contain("was left by a deployment that staged no release");
    }

    [Fact]
    public void What_Install_of_this_very_deployment_put_there_stays()
    {
        _host.BeforeInstall("d-1").Should().BeNull();
        _host.Install("d-1");

        _host.BeforeInstall("d-1").Should().BeNull();

        _host.Read("staging/REVISION").Should().Be("d-1");
    }

    [Fact]
    public void A_directory_that_no_deployment_left_there_is_left_alone_and_said()
    {
        _host.Deploy("d-1");
        _host.Write("staging/notes", "by hand");

        _host.BeforeInstall("d-2").Should().BeNull();

        _host.Read("staging/notes").Should().Be("by hand");
        _host.Said.Should().ContainSingle().Which.Should().Contain("it stays");
    }

    [Theory]
    [InlineData("staging", "")]
    [InlineData("staging/current", "/current")]
    [InlineData("./staging", "")]
    public void A_link_that_leads_into_the_staging_directory_keeps_it_as_release_base(string target, string inner)
    {
        _host.Write("staging/current/REVISION", "seed");
        _host.Link("app", target.StartsWith('.') ? target : _host.At(target));
        var file = inner.Length == 0 ? "app/current/REVISION" : "app/REVISION";

        _host.BeforeInstall("d-1").Should().BeNull();

        _host.Exists("staging").Should().BeFalse();
        _host.Live.Should().Be(_host.At("releases/base") + inner);
        _host.Read(file).Should().Be("seed");
    }

    [Fact]
    public void A_link_to_a_link_into_the_staging_directory_does_too()
    {
        _host.Write("staging/REVISION", "seed");
        _host.Link("alias", _host.At("staging"));
        _host.Link("app", _host.At("alias"));

        _host.BeforeInstall("d-1").Should().BeNull();

        _host.Live.Should().Be(_host.At("releases/base"));
        _host.Exists("staging").Should().BeFalse();
    }

    [Fact]
    public void After_the_migration_the_first_deployment_goes_back_to_what_was_there_before()
    {
        _host.Write("staging/REVISION", "seed");
        _host.Link("app", _host.At("staging"));
        _host.Deploy("d-1");

        _host.Do("d-1", "rollback").Should().BeOfType<StepOutcome.Succeeded>();

        _host.Read("app/REVISION").Should().Be("seed");
    }

    [Fact]
    public void A_staging_path_that_is_a_foreign_link_is_refused()
    {
        _host.Make("elsewhere");
        _host.Link("staging", _host.At("elsewhere"));

        _host.BeforeInstall("d-1")!.Hint.Should().Contain("Install would write through it");
    }

    [Fact]
    public void What_could_not_be_removed_in_time_is_out_of_the_way_and_removed_later()
    {
        _host.Write(".hookrunner-removed-staging/x");
        _host.BeforeInstall("d-1", mayRemove: false).Should().BeNull();
        _host.Install("d-1");

        _host.BeforeInstall("d-2", mayRemove: false).Should().BeNull();

        _host.Exists("staging").Should().BeFalse();
        _host.Exists(".hookrunner-removed-staging.2/REVISION").Should().BeTrue();
        _host.BeforeInstall("d-3").Should().BeNull();
        _host.Names("").Where(name => name.Contains("removed", StringComparison.Ordinal)).Should().BeEmpty();
    }
}
