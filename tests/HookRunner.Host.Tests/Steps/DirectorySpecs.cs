using HookRunner.Core.Steps;
using HookRunner.Host.Os;

namespace HookRunner.Host.Tests.Steps;

public sealed class DirectorySpecs : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [NeedsFact("root")]
    public void A_missing_directory_is_made_with_its_parents_and_then_left_alone()
    {
        var made = Run($"directory: {{ path: {_folder.At("a/b/c")}, owner: 'www-data:users', mode: 2750 }}");
        var again = Run($"directory: {{ path: {_folder.At("a/b/c")}, owner: 'www-data:users', mode: 2750 }}");

        made.Should().Be(new StepOutcome.Succeeded("made, and 2 above it"));
        again.Should().Be(new StepOutcome.Succeeded("already so"));
        _folder.Trait("a").Should().Be("33:100 0755");
        _folder.Trait("a/b").Should().Be("33:100 0755");
        _folder.Trait("a/b/c").Should().Be("33:100 2750");
    }

    [NeedsFact("root")]
    public void Without_owner_and_mode_it_is_0755_and_an_existing_one_is_not_touched()
    {
        Run($"directory: {_folder.At("new")}/").Should().Be(new StepOutcome.Succeeded("made"));
        _folder.Make("old");
        PosixPath.ChangeMode(_folder.At("old"), 0x1C0);

        Run($"directory: {_folder.At("old")}").Should().Be(new StepOutcome.Succeeded("already so"));

        _folder.Trait("new").Should().Be("0:0 0755");
        _folder.Trait("old").Should().Be("0:0 0700");
    }

    [NeedsFact("root")]
    public void What_differs_is_changed_and_named()
    {
        _folder.Make("app");

        var outcome = Run($"directory: {{ path: {_folder.At("app")}, owner: www-data, mode: g+w }}");

        outcome.Should().Be(new StepOutcome.Succeeded("owner 0:0 -> 33:33, mode 0755 -> 0775"));
        _folder.Trait("app").Should().Be("33:33 0775");
    }

    [NeedsFact("root")]
    public void The_default_user_owns_what_is_made_and_nothing_else()
    {
        _folder.Make("old");
        var run = new TestStepRun("/") { DefaultUser = "www-data" };

        Some.Step($"directory: {_folder.At("new")}").Run(run);
        Some.Step($"directory: {_folder.At("old")}").Run(run);

        _folder.Trait("new").Should().Be("33:33 0755");
        _folder.Trait("old").Should().Be("0:0 0755");
    }

    [NeedsFact("root")]
    public void A_link_of_roots_to_a_directory_counts_as_it()
    {
        _folder.Make("real");
        _folder.Link("link", "real");

        Run($"directory: {{ path: {_folder.At("link")}, mode: 0700 }}").Should().BeOfType<StepOutcome.Succeeded>();

        _folder.Trait("real").Should().Be("0:0 0700");
        new FileInfo(_folder.At("link")).LinkTarget.Should().Be("real");
    }

    [NeedsFact("root")]
    public void A_users_link_to_a_directory_of_root_is_not_followed()
    {
        _folder.Make("secret");
        _folder.Make("home");
        _folder.Link("home/app", _folder.At("secret"));
        PosixPath.ChangeOwner(_folder.At("home"), 33, 33);
        PosixPath.ChangeOwner(_folder.At("home/app"), 33, 33);

        var failed = (StepOutcome.Failed)Run($"directory: {{ path: {_folder.At("home/app")}, owner: www-data }}");

        failed.Reason.Should().Contain("goes through a link of user 33");
        _folder.Trait("secret").Should().Be("0:0 0755");
    }

    [Fact]
    public void A_file_in_the_way_is_named()
    {
        _folder.Write("app", "x");

        ((StepOutcome.Failed)Run($"directory: {_folder.At("app")}")).Reason.Should().Be($"open {_folder.At("app")}: ENOTDIR (not a directory)");
        ((StepOutcome.Failed)Run($"directory: {_folder.At("app/sub")}")).Reason.Should().Be($"open {_folder.At("app")}: ENOTDIR (not a directory)");
    }

    [SkippableFact]
    public void A_read_only_place_is_named() => PrivateMounts.Run(() =>
    {
        PrivateMounts.Shell($"mount -t tmpfs -o ro,mode=755 none {_folder.Make("ro")}");

        ((StepOutcome.Failed)Run($"directory: {_folder.At("ro/app")}")).Reason.Should().Be($"mkdir {_folder.At("ro/app")}: EROFS (read-only file system)");
    });

    [Fact]
    public void Several_are_made_one_after_the_other_and_only_what_changed_is_told()
    {
        Directory.CreateDirectory(_folder.At("b"));

        var made = Run($"directory: [{_folder.At("a")}, {_folder.At("b")}, {_folder.At("c/d")}]");
        var again = Run($"directory: {{ path: [{_folder.At("a")}, {_folder.At("c/d")}] }}");

        made.Should().Be(new StepOutcome.Succeeded($"{_folder.At("a")} made; {_folder.At("c/d")} made, and 1 above it"));
        again.Should().Be(new StepOutcome.Succeeded("already so"));
    }

    [Fact]
    public void One_that_cannot_be_made_ends_it()
    {
        File.WriteAllText(_folder.At("file"), "");

        Run($"directory: [{_folder.At("a")}, {_folder.At("file")}, {_folder.At("c")}]").Should().BeOfType<StepOutcome.Failed>();

        Directory.Exists(_folder.At("a")).Should().BeTrue();
        Directory.Exists(_folder.At("c")).Should().BeFalse();
    }

    [Theory]
    [InlineData("directory: [/srv/a, b]", "1:21 `directory` is `b`; expected an absolute path (start it with `/` or with a variable such as `${release.dir}`)")]
    [InlineData("directory: app", "1:12 `directory` is `app`; expected an absolute path (start it with `/` or with a variable such as `${release.dir}`)")]
    [InlineData("directory: { path: /etc, owner: deploy }", "1:20 `path` is `/etc`, a directory of the system: a deployment does not change its owner or mode (name a directory of the application below it)")]
    [InlineData("directory: { path: /home/deploy/, mode: 0777 }", "1:20 `path` is `/home/deploy`, a directory of the system: a deployment does not change its owner or mode (name a directory of the application below it)")]
    [InlineData("directory: { path: /srv/app, mode: 999 }", "1:36 `mode` is `999`; expected 3 or 4 octal digits such as `0750`, or a symbolic mode such as `ug+rwX`")]
    [InlineData("directory: { path: /srv/app, owner: 'a:b:c' }", "1:37 `a:b:c` is no owner; expected `user` or `user:group`")]
    [InlineData("directory: { mode: 0750 }", "1:12 `directory` needs `path`: the directory, or a list of them")]
    public void A_directory_that_cannot_be_meant_is_refused(string step, string mistake) => Some.Mistakes(step).Should().Equal(mistake);

    [Fact]
    public void An_unknown_owner_fails_before_anything_is_made()
    {
        Run($"directory: {{ path: {_folder.At("app")}, owner: nobody-here }}").Should().BeOfType<StepOutcome.Failed>();

        Directory.Exists(_folder.At("app")).Should().BeFalse();
    }

    [Fact]
    public void A_step_of_several_shows_them() =>
        Some.Step("directory: [/srv/a, /srv/b]").Describe().Should().Be("make sure of directories /srv/a and /srv/b");

    [Fact]
    public void A_directory_step_shows_what_it_does() =>
        Some.Step("directory: { path: /srv/app, owner: deploy, mode: u=rwx }").Describe()
            .Should().Be("make sure of directory /srv/app, owned by deploy, mode u=rwx");

    private static StepOutcome Run(string step) => Some.Step(step).Run(new TestStepRun("/"));
}
