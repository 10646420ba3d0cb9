using HookRunner.Core.Steps;
using HookRunner.Host.Os;

namespace HookRunner.Host.Tests.Steps;

public sealed class LinkSpecs : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_link_is_made_switched_and_then_left_alone()
    {
        var (one, two) = (_folder.Make("one"), _folder.Make("two"));

        var made = Point("app", one);
        var switched = Point("app", two);
        FileStatus.Of(_folder.At("app"), out var before);
        var again = Point("app", two);
        FileStatus.Of(_folder.At("app"), out var after);

        made.Should().Be(new StepOutcome.Succeeded("new"));
        switched.Should().Be(new StepOutcome.Succeeded($"was {one}"));
        again.Should().Be(new StepOutcome.Succeeded("already so"));
        (after.Inode, after.Times.ModifiedNanoseconds).Should().Be((before.Inode, before.Times.ModifiedNanoseconds));
        new FileInfo(_folder.At("app")).LinkTarget.Should().Be(two);
        Directory.EnumerateFileSystemEntries(_folder.Path).Should().HaveCount(3);
    }

    [Theory]
    [InlineData("two words")]
    [InlineData("line\nbreak")]
    [InlineData("grün 🚀")]
    [InlineData("-rf")]
    [InlineData("$(touch pwned)`id`'\"")]
    public void Any_name_is_only_a_name(string name)
    {
        var target = _folder.Make($"{name} target");

        Point(name, target).Should().Be(new StepOutcome.Succeeded("new"));

        new FileInfo(_folder.At(name)).LinkTarget.Should().Be(target);
    }

    [Fact]
    public void A_name_of_255_bytes_is_switched()
    {
        var name = new string('n', 255);

        Point(name, _folder.Make("one"));
        Point(name, _folder.Make("two")).Should().BeOfType<StepOutcome.Succeeded>();

        new FileInfo(_folder.At(name)).LinkTarget.Should().Be(_folder.At("two"));
    }

    [Fact]
    public void A_link_whose_text_is_no_utf8_is_replaced()
    {
        PrivateMounts.Shell($"cd {_folder.Path} && ln -s \"$(printf 'a\\377b')\" app");

        Point("app", _folder.Make("one")).Should().BeOfType<StepOutcome.Succeeded>();

        new FileInfo(_folder.At("app")).LinkTarget.Should().Be(_folder.At("one"));
    }

    [Fact]
    public void A_relative_target_starts_beside_the_link_and_trailing_slashes_mean_nothing()
    {
        _folder.Make("releases/1");

        var outcome = Some.Step($"link: {{ path: {_folder.At("app")}//, to: releases/1/ }}").Run(new TestStepRun("/"));

        outcome.Should().Be(new StepOutcome.Succeeded("new"));
        new FileInfo(_folder.At("app")).LinkTarget.Should().Be("releases/1");
    }

    [Fact]
    public void A_link_to_nothing_is_refused_and_the_old_one_stays()
    {
        Point("app", _folder.Make("one"));

        var outcome = Point("app", _folder.At("gone"));

        Reason(outcome).Should().Be($"`{_folder.At("gone")}` is not there, and a link to nothing would break every reader of `{_folder.At("app")}`");
        new FileInfo(_folder.At("app")).LinkTarget.Should().Be(_folder.At("one"));
    }

    [Theory]
    [InlineData("app")]
    [InlineData("app/inside")]
    [InlineData("./x/../app")]
    public void A_link_into_itself_is_refused(string to)
    {
        Point("app", _folder.Make("one"));
        _folder.Make("one/inside");
        _folder.Make("x");

        Reason(Some.Step($"link: {{ path: {_folder.At("app")}, to: {to} }}").Run(new TestStepRun("/")))
            .Should().Be($"`{_folder.At("app")}` cannot point into itself (`{to}`)");
    }

    [Fact]
    public void A_link_that_comes_back_to_itself_on_a_hidden_way_is_put_back()
    {
        Point("app", _folder.Make("one"));
        _folder.Link("alias", _folder.Path);

        var outcome = Point("app", _folder.At("alias/app"));

        Reason(outcome).Should().Contain("does not lead where");
        new FileInfo(_folder.At("app")).LinkTarget.Should().Be(_folder.At("one"));
    }

    [Fact]
    public void A_real_directory_is_refused_with_the_remedy()
    {
        _folder.Write("app/precious", "x");

        var failed = (StepOutcome.Failed)Point("app", _folder.Make("one"));

        failed.Reason.Should().Be($"`{_folder.At("app")}` is a real directory, not a link");
        failed.Hint.Should().StartWith("`adopt: true` keeps it");
        File.Exists(_folder.At("app/precious")).Should().BeTrue();
    }

    [Fact]
    public void A_file_is_refused() =>
        Reason(Point(Path.GetFileName(_folder.Write("app", "x")), _folder.Make("one"))).Should().Be($"`{_folder.At("app")}` is no link but a file");

    [Fact]
    public void An_adopted_directory_is_kept_under_a_free_name()
    {
        _folder.Write("app/first", "x");
        var first = Adopt();
        File.Delete(_folder.At("app"));
        _folder.Write("app/second", "x");
        var second = Adopt();

        first.Should().Be(new StepOutcome.Succeeded($"the directory there is kept as {_folder.At("app-releases/base")}"));
        second.Should().Be(new StepOutcome.Succeeded($"the directory there is kept as {_folder.At("app-releases/base.2")}"));
        File.Exists(_folder.At("app-releases/base/first")).Should().BeTrue();
        File.Exists(_folder.At("app-releases/base.2/second")).Should().BeTrue();
        Adopt().Should().Be(new StepOutcome.Succeeded("already so"));
    }

    [Fact]
    public void A_missing_parent_is_named_with_the_remedy()
    {
        var failed = (StepOutcome.Failed)Point("nowhere/app", _folder.Make("one"));

        failed.Reason.Should().Be($"stat {_folder.At("nowhere")}: ENOENT (no such file or directory)");
        failed.Hint.Should().Be($"make it first: `directory: {_folder.At("nowhere")}`");
    }

    [SkippableFact]
    public void A_read_only_parent_is_named_and_nothing_changes() => PrivateMounts.Run(() =>
    {
        var parent = _folder.Make("parent");
        PrivateMounts.Shell($"mount -t tmpfs -o ro,mode=755 none {parent}");

        var failed = (StepOutcome.Failed)Point("parent/app", _folder.Make("one"));

        failed.Reason.Should().StartWith($"symlink {parent}/.app.hookrunner-").And.EndWith("EROFS (read-only file system)");
        failed.Hint.Should().Be($"`{parent}` is on a read-only file system; the link is as it was");
    });

    [SkippableFact]
    public void A_mount_point_cannot_be_adopted_and_stays() => PrivateMounts.Run(() =>
    {
        var app = _folder.Make("app");
        PrivateMounts.Shell($"mount -t tmpfs none {app}");

        var failed = (StepOutcome.Failed)Adopt();

        failed.Reason.Should().EndWith("EBUSY (device or resource busy)");
        failed.Hint.Should().Be("the directory is a mount point. Nothing was changed");
        Directory.EnumerateFileSystemEntries(_folder.At("app-releases")).Should().BeEmpty();
    });

    [SkippableFact]
    public void A_directory_on_another_file_system_than_the_releases_cannot_be_adopted() => PrivateMounts.Run(() =>
    {
        _folder.Make("app");
        PrivateMounts.Shell($"mount -t tmpfs -o mode=755 none {_folder.Make("app-releases")}");

        ((StepOutcome.Failed)Adopt()).Reason.Should().EndWith("EXDEV (across file systems)");
        Directory.Exists(_folder.At("app")).Should().BeTrue();
        Directory.EnumerateFileSystemEntries(_folder.At("app-releases")).Should().BeEmpty();
    });

    [Fact]
    public void Temporary_links_of_dead_runs_are_swept_and_no_others()
    {
        var alive = $".app.hookrunner-{ProcessIdentity.Own}";
        foreach (var name in new[] { ".app.hookrunner-999999-1", ".other.hookrunner-999999-1", ".app.hookrunner-x", alive + "9" })
        {
            _folder.Link(name, "/nowhere");
        }

        _folder.Write(".app.hookrunner-999998-1", "no link");
        Point("app", _folder.Make("one"));

        Directory.EnumerateFileSystemEntries(_folder.Path).Select(Path.GetFileName).Should().BeEquivalentTo(
            "app", "one", ".other.hookrunner-999999-1", ".app.hookrunner-x", ".app.hookrunner-999998-1");
    }

    [Fact]
    public void A_warning_is_said_where_the_bundle_would_go_live()
    {
        var bundle = _folder.Make("bundle");
        var run = new TestStepRun(bundle);

        Some.Step($"link: {{ path: {_folder.At("app")}, to: {_folder.Make("bundle/app")} }}").Run(run);

        run.Said.Should().ContainSingle().Which.Should().Contain("is inside the bundle, which the agent deletes");
    }

    [Theory]
    [InlineData("link: { path: app, to: /x }", "1:15 `path` is `app`; expected an absolute path (start it with `/` or with a variable such as `${release.dir}`)")]
    [InlineData("link: { path: /, to: /x }", "1:15 `path` is `/`; expected the place of a link")]
    [InlineData("link: { path: /a, to: '' }", "1:23 `to` is empty; expected a path")]
    [InlineData("link: { path: /a }", "1:7 `link` needs `to`: what it points to, which must exist; a relative path starts beside the link")]
    [InlineData("link: { path: /a, to: /b, adopt: yes }", "1:34 `adopt` is `yes`; expected `true` or `false` (not yes, no, on, off)")]
    [InlineData("link: { path: /a, too: /b, to: /b }", "1:19 unknown key `too` in `link` (did you mean `to`?)")]
    public void A_link_that_cannot_be_meant_is_refused(string step, string mistake) => Some.Mistakes(step).Should().Contain(mistake);

    [Fact]
    public void A_link_step_shows_what_it_does()
    {
        var action = Some.Step("link: { path: /opt/app/, to: /opt/app-codedeploy, adopt: true }");

        action.Subject.Should().Be("/opt/app");
        action.Describe().Should().Be("point /opt/app to /opt/app-codedeploy, atomically; a real directory there is kept as a release");
        action.Links.Should().ContainSingle().Which.Text.Should().Be("/opt/app");
    }

    private StepOutcome Point(string name, string to) =>
        new HookRunner.Host.Steps.LinkAction(Some.Text(_folder.At(name)), Some.Text(to), Adopt: false).Run(new TestStepRun("/"));

    private StepOutcome Adopt() =>
        new HookRunner.Host.Steps.LinkAction(Some.Text(_folder.At("app")), Some.Text(_folder.Make("one")), Adopt: true).Run(new TestStepRun("/"));

    private static string Reason(StepOutcome outcome) => outcome.Should().BeOfType<StepOutcome.Failed>().Which.Reason;
}
