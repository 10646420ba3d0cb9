using HookRunner.Core.Steps;
using HookRunner.Host.Os;
using HookRunner.Host.Tests.Steps;

namespace HookRunner.Host.Tests.Releases;

/// <summary>Hosts as they are found: other owners, other file systems, odd names.</summary>
public sealed class StrangeWorldSpecs : IDisposable
{
    private readonly ReleaseHost _host = new();

    public void Dispose() => _host.Dispose();

    [Fact]
    public void Where_others_can_write_beside_the_link_it_is_refused_and_stays()
    {
        _host.Make("open");
        _host.Settings = _host.Settings with { Link = _host.At("open/app") };
        File.SetUnixFileMode(_host.At("open"), (UnixFileMode)0b111_111_111);
        _host.Install("d-1");
        _host.Do("d-1", "stage").Should().BeOfType<StepOutcome.Succeeded>();

        _host.Do("d-1", "activate").Should().BeOfType<StepOutcome.Failed>().Which.Hint.Should().Contain("chmod go-w");

        _host.Names("open").Should().BeEmpty();
    }

    [Fact]
    public void Where_others_can_write_beside_the_releases_nothing_is_staged()
    {
        _host.Make("releases");
        File.SetUnixFileMode(_host.At("releases"), (UnixFileMode)0b111_111_111);
        _host.Install("d-1");

        _host.Do("d-1", "stage").Should().BeOfType<StepOutcome.Failed>().Which.Reason.Should().Contain("every user can write to");
    }

    [NeedsFact("root")]
    public void A_layout_below_a_users_home_works_and_the_link_stays_the_users()
    {
        _host.Make("home/deploy");
        PrivateMounts.Shell($"chown 1234:1234 {_host.At("home/deploy")}; cd {_host.At("home/deploy")}; mkdir old; ln -s {_host.At("home/deploy")}/old app; chown -h 1234:1234 app");
        _host.Settings = _host.Settings with { Link = _host.At("home/deploy/app"), Releases = _host.At("home/deploy/releases"), Staging = _host.At("home/deploy/staging") };
        _host.BeforeInstall("d-1").Should().BeNull();
        _host.Write("home/deploy/staging/REVISION", "d-1");

        _host.Do("d-1", "stage").Should().BeOfType<StepOutcome.Succeeded>();
        _host.Do("d-1", "activate").Should().BeOfType<StepOutcome.Succeeded>();

        FileStatus.Of(_host.At("home/deploy/app"), out var link);
        (link.User, _host.Read("home/deploy/app/REVISION")).Should().Be((1234u, "d-1"));
    }

    [Fact]
    public void A_link_with_a_relative_text_gets_it_back()
    {
        _host.Make("old");
        _host.Link("app", "old");
        _host.Deploy("d-1");

        _host.Do("d-1", "rollback").Should().BeOfType<StepOutcome.Succeeded>();

        _host.Live.Should().Be("old");
    }

    [Theory]
    [InlineData("two words")]
    [InlineData("line\nbreak")]
    [InlineData("grün 🚀")]
    public void Odd_names_are_only_names(string name)
    {
        _host.Settings = _host.Settings with { Link = _host.At(name), Releases = _host.At($"{name} releases"), SharedDirectory = _host.At($"{name} shared"), Shared = ["lo g"] };
        _host.BeforeInstall("d-1").Should().BeNull();
        _host.Write("staging/lo g/x", "1");

        _host.Do("d-1", "stage").Should().BeOfType<StepOutcome.Succeeded>();
        _host.Do("d-1", "activate").Should().BeOfType<StepOutcome.Succeeded>();

        _host.Read($"{name}/lo g/x").Should().Be("1");
    }

    [Theory]
    [InlineData("home directory", "/root")]
    [InlineData("bundle", "bundle")]
    [InlineData("state directory", "state")]
    public void A_staging_directory_that_holds_something_else_of_worth_is_refused(string what, string path)
    {
        _host.Write("bundle/x");
        _host.Make("state");
        _host.Make("alias");
        Directory.Delete(_host.At("alias"));
        _host.Link("alias", path.StartsWith('/') ? "/" : _host.At(""));
        _host.Settings = _host.Settings with { Staging = _host.At("alias/" + path.TrimStart('/')) };

        _host.Do("d-1", "stage").Should().BeOfType<StepOutcome.Failed>().Which.Reason.Should().Contain($"the {what}");
    }

    [SkippableTheory]
    [InlineData("ext4", "mkfs.ext4 -qF", "64M")]
    [InlineData("xfs", "mkfs.xfs -q", "320M")]
    [InlineData("btrfs", "mkfs.btrfs -q", "128M")]
    public void On_each_file_system_a_directory_is_adopted_and_a_bundle_is_copied(string type, string make, string size)
    {
        Skip.IfNot(File.Exists($"/sbin/mkfs.{type}"), $"needs mkfs.{type}");
        PrivateMounts.Run(() =>
        {
            _host.Make("disk");
            PrivateMounts.Shell($"cd {_host.At("")} && truncate -s {size} image && {make} image && mount -o loop image disk && mkdir disk/app disk/bundle disk/bundle/code");
            _host.Write("disk/app/old", "by hand");
            _host.Write("disk/bundle/code/big", new string('x', 5_000_000));
            _host.Settings = _host.Settings with { Link = _host.At("disk/app"), Releases = _host.At("disk/releases"), Staging = null, Source = _host.At("disk/bundle/code"), Adopt = true };

            _host.Do("d-1", "stage").Should().BeOfType<StepOutcome.Succeeded>();
            _host.Do("d-1", "activate").Should().BeOfType<StepOutcome.Succeeded>();

            _host.Read("disk/app/big").Length.Should().Be(5_000_000);
            _host.Read("disk/releases/base/old").Should().Be("by hand");
            PrivateMounts.Shell($"umount {_host.At("disk")}");
        });
    }

    [SkippableFact]
    public void An_immutable_place_is_named_with_what_to_look_at() => PrivateMounts.Run(() =>
    {
        _host.Make("disk");
        PrivateMounts.Shell($"cd {_host.At("")} && truncate -s 16M image && mkfs.ext4 -qF image && mount -o loop image disk && mkdir disk/releases && chattr +i disk/releases");
        _host.Settings = _host.Settings with { Releases = _host.At("disk/releases"), Staging = _host.At("disk/staging") };
        _host.Write("disk/staging/REVISION", "d-1");

        var failed = _host.Do("d-1", "stage").Should().BeOfType<StepOutcome.Failed>().Subject;
        PrivateMounts.Shell($"umount {_host.At("disk")}");

        failed.Reason.Should().Contain("EPERM");
        failed.Hint.Should().Contain("lsattr -d");
    });

    [Fact]
    public void A_hundred_thousand_files_are_staged_by_one_rename_and_pruned()
    {
        PrivateMounts.Shell($"mkdir {_host.At("staging")} && cd {_host.At("staging")} && seq 100000 | split -l 1 -a 4 -");
        _host.Settings = _host.Settings with { Keep = 1 };
        _host.Do("d-1", "stage").Should().BeOfType<StepOutcome.Succeeded>();
        _host.Do("d-1", "activate").Should().BeOfType<StepOutcome.Succeeded>();

        _host.Deploy("d-2");
        _host.Deploy("d-3");

        _host.Names("releases").Where(name => name[0] != '.').Should().Equal(["d-2", "d-3"], "on a busy machine the rest of it goes with the next pruning");
    }
}
