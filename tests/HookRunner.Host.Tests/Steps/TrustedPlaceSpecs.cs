using HookRunner.Host.Os;

namespace HookRunner.Host.Tests.Steps;

/// <summary>Users by number: 33 and 65534 need no account, and group 33 is the private one of www-data.</summary>
public sealed class TrustedPlaceSpecs : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Links_of_root_are_followed_relative_absolute_and_chained()
    {
        _folder.Make("real/deep");
        _folder.Link("relative", "real");
        _folder.Link("real/absolute", _folder.At("relative/deep"));

        Find("relative/absolute/../deep/name").Should().BeNull();
    }

    [NeedsFact("root")]
    public void A_link_where_strangers_write_is_refused()
    {
        _folder.Make("open");
        _folder.Link("open/link", "/etc");
        Own("open", 0, 100, 0x1FD);

        Find("open/link/name")!.Reason.Should().Be(
            $"`{_folder.At("open/link")}` is a link in a directory that group users can write to: anyone could point it elsewhere");
    }

    [NeedsTheory("root")]
    [InlineData("/etc")]
    [InlineData("/")]
    public void A_users_link_out_of_its_own_directories_is_refused(string target)
    {
        _folder.Make("home");
        _folder.Link("home/link", target);
        Own("home", 33, 33, 0x1ED);
        Own("home/link", 33, 33);

        Find("home/link/name")!.Reason.Should().Be(
            $"`{_folder.At("home/link")}/name` goes through a link of user 33 into `{target}`, which is not that user's");
    }

    [NeedsFact("root")]
    public void A_users_link_within_its_own_directories_is_followed()
    {
        _folder.Make("home/releases/1");
        _folder.Link("home/current", "releases/1");
        Own("home", 33, 33, 0x1ED);
        Own("home/current", 33, 33);
        Own("home/releases/1", 33, 33);

        Find("home/current/name").Should().BeNull();
    }

    [NeedsFact("root")]
    public void Roots_own_link_in_a_users_home_is_followed()
    {
        _folder.Make("home/releases/1");
        _folder.Link("home/current", "releases/1");
        Own("home", 33, 33, 0x1ED);

        Find("home/current/name").Should().BeNull();
    }

    [NeedsFact("root")]
    public void A_private_group_counts_as_its_user()
    {
        _folder.Make("home");
        _folder.Link("home/link", ".");
        Own("home", 33, 33, 0x1FD);

        Find("home/link/name").Should().BeNull();
    }

    [Fact]
    public void A_loop_of_links_ends()
    {
        _folder.Link("a", "b");
        _folder.Link("b", "a");

        Find("a/name")!.Reason.Should().Be($"open {_folder.At("a/name")}: ELOOP (too many symbolic links)");
    }

    [Fact]
    public void An_open_directory_opens_no_link_and_reads_none()
    {
        _folder.Link("directory", "/etc");
        _folder.Link("file", "/etc/passwd");
        TrustedPlace.Enter(_folder.Path, null, out var directory).Should().BeNull();

        using (directory)
        {
            directory.Open(new FileName("directory"), out var opened)!.Number.Should().BeOneOf(Errno.ELOOP, Errno.ENOTDIR);
            directory.OpenToPass(new FileName("directory"), out var passed)!.Number.Should().BeOneOf(Errno.ELOOP, Errno.ENOTDIR);
            directory.OpenFile(new FileName("file"), OpenFlags.ReadOnly, 0, out _)!.Number.Should().Be(Errno.ELOOP);
            opened.Dispose();
            passed.Dispose();
        }
    }

    [Theory]
    [InlineData("/")]
    [InlineData("//")]
    [InlineData("/tmp/..")]
    public void What_names_no_entry_is_refused(string path)
    {
        TrustedPlace.Find(path, out _)!.Reason.Should().Be($"`{path}` names no entry of a directory");
    }

    [NeedsFact("root")]
    public async Task A_directory_that_is_exchanged_for_a_link_during_the_walk_never_leads_astray()
    {
        _folder.Make("home/real");
        _folder.Make("secret");
        using var stop = new CancellationTokenSource();
        var attacker = Task.Run(() => Swap(stop.Token));

        for (var i = 0; i < 20_000; i++)
        {
            if (TrustedPlace.Find(_folder.At("home/real/name"), out var place) is null)
            {
                place.Directory.Status(out var reached);
                FileStatus.Of(_folder.At("secret"), out var secret);
                reached.IsSameFileAs(secret).Should().BeFalse();
                place.Dispose();
            }
        }

        await stop.CancelAsync();
        await attacker;
    }

    /// <summary>As the owner of `home` would do it: his link to a directory of root in the place of his own.</summary>
    private void Swap(CancellationToken stop)
    {
        _folder.Link("home/trap", _folder.At("secret"));
        Own("home/trap", 33, 33);
        Own("home", 33, 33, 0x1ED);
        while (!stop.IsCancellationRequested)
        {
            PosixPath.Exchange(_folder.At("home/real"), _folder.At("home/trap"));
        }
    }

    private PathTrouble? Find(string name)
    {
        var trouble = TrustedPlace.Find(_folder.At(name), out var place);
        place.Dispose();
        return trouble;
    }

    private void Own(string name, uint user, uint group, uint? mode = null)
    {
        PosixPath.ChangeOwner(_folder.At(name), user, group).Should().BeNull();
        if (mode is { } bits)
        {
            PosixPath.ChangeMode(_folder.At(name), bits).Should().BeNull();
        }
    }
}
