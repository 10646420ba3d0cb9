using HookRunner.Core.Steps;
using HookRunner.Core.Values;
using HookRunner.Host.Os;

namespace HookRunner.Host.Tests.Steps;

public sealed class MoveSpecs : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [NeedsFact("root")]
    public void A_file_is_at_its_new_place_and_a_second_run_says_so()
    {
        _folder.Write("in/app.jar", "new");
        _folder.Write("app.jar", "old");
        PosixPath.ChangeOwner(_folder.At("in/app.jar"), 33, 100);
        FileStatus.Of(_folder.At("in/app.jar"), out var before);
        var step = $"move: {{ from: {_folder.At("in/app.jar")}, to: {_folder.At("app.jar")}, backup: true }}";

        Run(step).Should().Be(new StepOutcome.Succeeded($"moved; what was there is {_folder.At("app.jar.backup")}"));
        Run(step).Should().Be(new StepOutcome.Succeeded($"already so: `{_folder.At("in/app.jar")}` is not there"));

        FileStatus.Of(_folder.At("app.jar"), out var after);
        after.IsSameFileAs(before).Should().BeTrue("it was renamed");
        _folder.Trait("app.jar").Should().Be("33:100 0644");
        File.ReadAllText(_folder.At("app.jar.backup")).Should().Be("old");
        _folder.Tree("").Should().Equal("app.jar", "app.jar.backup", "in");
    }

    [Fact]
    public void A_directory_that_goes_to_a_free_name_is_one_rename()
    {
        _folder.Write("in/deep/file", "x");
        FileStatus.Of(_folder.At("in"), out var before);

        Run($"move: {{ from: {_folder.At("in")}, to: {_folder.At("new/place")} }}").Should().Be(new StepOutcome.Succeeded("moved"));

        FileStatus.Of(_folder.At("new/place"), out var after);
        after.IsSameFileAs(before).Should().BeTrue();
        _folder.Tree("").Should().Equal("new", "new/place", "new/place/deep", "new/place/deep/file");
    }

    [Fact]
    public void The_contents_of_a_directory_go_into_one_that_is_there()
    {
        _folder.Write("in/a", "new");
        _folder.Write("in/sub/b", "new");
        _folder.Write("in/fresh/c", "new");
        _folder.Write("app/a", "old");
        _folder.Write("app/sub/mine", "old");
        var step = $"move: {{ from: {_folder.At("in")}, to: {_folder.At("app")} }}";

        Run(step).Should().Be(new StepOutcome.Succeeded("moved 3"));
        Run(step).Should().Be(new StepOutcome.Succeeded($"already so: `{_folder.At("in")}` is not there"));

        _folder.Tree("").Should().Equal("app", "app/a", "app/fresh", "app/fresh/c", "app/sub", "app/sub/b", "app/sub/mine");
        File.ReadAllText(_folder.At("app/a")).Should().Be("new");
    }

    [NeedsFact("root")]
    public void What_is_excluded_stays_where_it_was()
    {
        _folder.Write("in/a.log", "x");
        _folder.Write("in/sub/b.log", "x");
        _folder.Write("in/sub/c", "x");
        PosixPath.ChangeMode(_folder.At("in/sub"), 0x1C0);
        var step = $"move: {{ from: {_folder.At("in")}, to: {_folder.At("app")}, exclude: '*.log' }}";

        Run(step).Should().Be(new StepOutcome.Succeeded("moved, left out 2"));
        Run(step).Should().Be(new StepOutcome.Succeeded("already so, left out 2"));

        _folder.Tree("").Should().Equal("app", "app/sub", "app/sub/c", "in", "in/a.log", "in/sub", "in/sub/b.log");
        _folder.Trait("app/sub").Should().Be("0:0 0700");
    }

    [NeedsFact("root")]
    public void Owner_and_mode_are_given_where_they_are_written()
    {
        _folder.Write("in/sub/a", "x");

        Run($"move: {{ from: {_folder.At("in")}, to: {_folder.At("app")}, owner: www-data, mode: 0640 }}");

        _folder.Trait("app").Should().Be("33:33 0755");
        _folder.Trait("app/sub/a").Should().Be("33:33 0640");
    }

    [SkippableFact]
    public void Across_file_systems_it_is_whole_before_the_original_goes() => PrivateMounts.Run(() =>
    {
        PrivateMounts.Shell($"mount -t tmpfs -o mode=755 none {_folder.Make("other")}");
        _folder.Write("in/sub/a", "x");
        _folder.Write("in/b", "x");
        _folder.Link("in/link", "b");
        PosixPath.ChangeOwner(_folder.At("in/sub/a"), 33, 100);
        File.SetLastWriteTimeUtc(_folder.At("in/sub/a"), new DateTime(2001, 2, 3, 0, 0, 0, DateTimeKind.Utc));
        _folder.Write("other/app/b", "old");

        Run($"move: {{ from: {_folder.At("in")}, to: {_folder.At("other/app")} }}").Should().Be(new StepOutcome.Succeeded("moved 3"));

        _folder.Tree("").Should().Equal("other", "other/app", "other/app/b", "other/app/link", "other/app/sub", "other/app/sub/a");
        _folder.Trait("other/app/sub/a").Should().Be("33:100 0644");
        File.GetLastWriteTimeUtc(_folder.At("other/app/sub/a")).Year.Should().Be(2001);
    });

    [SkippableFact]
    public void A_full_disk_leaves_the_original_and_what_was_there() => PrivateMounts.Run(() =>
    {
        PrivateMounts.Shell($"mount -t tmpfs -o size=256k,mode=755 none {_folder.Make("small")}");
        _folder.Write("big", new string('x', 1_000_000));
        _folder.Write("small/big", "old");

        var failed = (StepOutcome.Failed)Run($"move: {{ from: {_folder.At("big")}, to: {_folder.At("small/big")} }}");

        failed.Reason.Should().EndWith("ENOSPC (no space left on device)");
        failed.Hint.Should().Be("what was moved before it stays moved; a second run goes on; the disk is full: `df -h` and `df -i` tell what is short");

        new FileInfo(_folder.At("big")).Length.Should().Be(1_000_000);
        File.ReadAllText(_folder.At("small/big")).Should().Be("old");
        _folder.Tree("small").Should().Equal("big");
    });

    [Fact]
    public void Out_of_a_directory_that_strangers_can_write_to_a_copy_is_moved()
    {
        _folder.Write("in/upload", "x");
        PosixPath.ChangeMode(_folder.At("in"), 0x3FF);
        FileStatus.Of(_folder.At("in/upload"), out var before);

        Run($"move: {{ from: {_folder.At("in/upload")}, to: {_folder.At("upload")} }}").Should().Be(new StepOutcome.Succeeded("moved"));

        FileStatus.Of(_folder.At("upload"), out var after);
        after.IsSameFileAs(before).Should().BeFalse("another file could have been put under its name meanwhile");
        _folder.Tree("").Should().Equal("in", "upload");
    }

    [Fact]
    public void The_newest_match_is_moved()
    {
        _folder.Write("in/app-1.jar", "1");
        _folder.Write("in/app-2.jar", "2");
        File.SetLastWriteTimeUtc(_folder.At("in/app-2.jar"), new DateTime(2001, 2, 3, 0, 0, 0, DateTimeKind.Utc));

        Run($"move: {{ from: '{_folder.At("in")}/app-*.jar', newest: true, to: {_folder.At("app.jar")} }}").Should().Be(new StepOutcome.Succeeded("app-1.jar: moved"));

        _folder.Tree("").Should().Equal("app.jar", "in", "in/app-2.jar");
    }

    [Fact]
    public void A_link_is_moved_itself()
    {
        _folder.Write("precious/file", "x");
        _folder.Link("link", _folder.At("precious"));

        Run($"move: {{ from: {_folder.At("link")}, to: {_folder.At("there")} }}").Should().Be(new StepOutcome.Succeeded("moved"));

        File.Exists(_folder.At("precious/file")).Should().BeTrue();
        new FileInfo(_folder.At("there")).LinkTarget.Should().Be(_folder.At("precious"));
    }

    [Fact]
    public void What_is_nowhere_is_an_error() =>
        Run($"move: {{ from: {_folder.At("a")}, to: {_folder.At("b")} }}").Should().Be(new StepOutcome.Failed($"`{_folder.At("a")}` is not there"));

    [Fact]
    public void Nothing_leaves_the_bundle_by_whatever_path()
    {
        _folder.Write("bundle/app", "x");
        _folder.Link("alias", _folder.At("bundle"));

        ((StepOutcome.Failed)Run($"move: {{ from: {_folder.At("alias/app")}, to: {_folder.At("app")} }}")).Reason
            .Should().Be($"`{_folder.At("bundle/app")}` is part of the bundle, which stays as it is");
        ((StepOutcome.Failed)Run($"move: {{ from: {_folder.At("alias/app")}, to: {_folder.At("app")} }}")).Hint.Should().Be("nothing was moved");
    }

    [NeedsFact("root")]
    public void What_is_mounted_in_it_stays()
    {
        PrivateMounts.Shell($"mount -t tmpfs none {_folder.Make("app/mounted")}");
        try
        {
            ((StepOutcome.Failed)Run($"move: {{ from: {_folder.At("app")}, to: {_folder.At("there")} }}")).Reason
                .Should().Be($"move {_folder.At("app")} with {_folder.At("app/mounted")} mounted in it: EBUSY (device or resource busy)");
        }
        finally
        {
            PrivateMounts.Shell($"umount {_folder.Path}/*/mounted");
        }
    }

    [Theory]
    [InlineData("move: { from: app, to: /opt/app }", "1:15 `from` is in the bundle, and nothing leaves it: the agent installs from it again when it restarts a deployment (write `copy` in place of `move`)")]
    [InlineData("move: { from: '${bundle}/app', to: /opt/app }", "1:15 `from` is in the bundle, and nothing leaves it: the agent installs from it again when it restarts a deployment (write `copy` in place of `move`)")]
    [InlineData("move: { from: /etc, to: /opt/app }", "1:15 `/etc` is a directory of the system (name what belongs to the application)")]
    [InlineData("move: { from: '/tmp/*', to: /opt/app }", "1:15 `/tmp/*` takes everything in a directory of the system (name what belongs to the application)")]
    [InlineData("move: { from: /opt/a, to: /opt/b, keep: true }", "1:35 unknown key `keep` in `move` (known: from, to, exclude, newest, backup, owner, mode)")]
    public void A_move_that_cannot_be_meant_is_refused(string step, string mistake) => Some.Mistakes(step).Should().Equal(mistake);

    [Fact]
    public void The_bundle_is_known_by_its_path_too() =>
        Some.Mistakes("move: { from: /srv/bundle/app, to: /opt/app }", new Bundle()).Should().ContainSingle().Which.Should().Contain("is in the bundle");

    [Fact]
    public void A_move_shows_what_it_does() =>
        Some.Step("move: { from: /opt/in, to: /opt/app, exclude: '*.log', owner: deploy, backup: true }").Describe()
            .Should().Be("move /opt/in to /opt/app, without *.log, owned by deploy; what was there stays as /opt/app.backup");

    private StepOutcome Run(string step) => Some.Step(step).Run(new TestStepRun(_folder.At("bundle")));

    private sealed class Bundle : IVariableScope
    {
        public VariableValue Find(string name) => new VariableValue.Known("/srv/bundle");
    }
}
