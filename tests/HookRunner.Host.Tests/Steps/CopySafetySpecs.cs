using HookRunner.Core.Steps;
using HookRunner.Host.Os;

namespace HookRunner.Host.Tests.Steps;

/// <summary>What `copy` refuses, and what it leaves whole when it cannot go on.</summary>
public sealed class CopySafetySpecs : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Nothing_is_copied_where_one_entry_cannot_take_its_place()
    {
        _folder.Write("bundle/dist/a", "new");
        _folder.Write("bundle/dist/b/file", "new");
        _folder.Write("www/a", "old");
        _folder.Link("www/b", "/etc");

        var failed = (StepOutcome.Failed)Run($"copy: {{ from: dist, to: {_folder.At("www")}, backup: true }}");

        failed.Reason.Should().Be($"`{_folder.At("www/b")}` is a link and `{_folder.At("bundle/dist/b")}` a directory");
        File.ReadAllText(_folder.At("www/a")).Should().Be("old");
        Directory.Exists(_folder.At("www.backup")).Should().BeFalse();
    }

    [Fact]
    public void A_directory_in_the_place_of_a_file_is_told_with_the_remedy()
    {
        _folder.Write("bundle/app.jar", "x");
        _folder.Make("lib");

        var failed = (StepOutcome.Failed)Run($"copy: {{ from: app.jar, to: {_folder.At("lib")} }}");

        failed.Reason.Should().Be($"`{_folder.At("lib")}` is a directory and `{_folder.At("bundle/app.jar")}` a file");
        failed.Hint.Should().Be("name the file itself: `to` is the path that it gets");
    }

    [NeedsFact("root")]
    public void A_link_below_the_destination_is_never_followed()
    {
        _folder.Write("bundle/dist/etc/passwd", "x");
        _folder.Write("precious/passwd", "root");
        _folder.Make("home");
        _folder.Link("home/etc", _folder.At("precious"));
        PosixPath.ChangeOwner(_folder.At("home"), 33, 33);
        PosixPath.ChangeOwner(_folder.At("home/etc"), 33, 33);

        Run($"copy: {{ from: dist, to: {_folder.At("home")} }}").Should().BeOfType<StepOutcome.Failed>();
        ((StepOutcome.Failed)Run($"copy: {{ from: dist, to: {_folder.At("home/etc")} }}")).Reason.Should().Contain("link of user");

        File.ReadAllText(_folder.At("precious/passwd")).Should().Be("root");
    }

    [Fact]
    public void Neither_the_bundle_nor_a_directory_itself_is_a_destination()
    {
        _folder.Write("bundle/dist/a", "x");
        _folder.Write("data/a", "x");
        _folder.Link("alias", _folder.At("data"));

        ((StepOutcome.Failed)Run($"copy: {{ from: dist, to: {_folder.At("bundle/other")} }}")).Reason.Should().Be($"`{_folder.At("bundle/other")}` is part of the bundle, which stays as it is");
        ((StepOutcome.Failed)Run($"copy: {{ from: {_folder.At("data")}, to: {_folder.At("alias")} }}")).Reason.Should().Be($"`{_folder.At("data")}` is `from` itself");
        ((StepOutcome.Failed)Run($"copy: {{ from: {_folder.At("data")}, to: {_folder.At("alias/deep/er")} }}")).Reason.Should().Contain("is inside");
        Directory.EnumerateFileSystemEntries(_folder.At("data")).Should().ContainSingle();
    }

    [SkippableFact]
    public void A_full_disk_leaves_each_file_whole() => PrivateMounts.Run(() =>
    {
        PrivateMounts.Shell($"mount -t tmpfs -o size=256k,mode=755 none {_folder.Make("small")}");
        _folder.Write("small/b", "old");
        _folder.Write("bundle/dist/a", "small");
        _folder.Write("bundle/dist/b", new string('x', 1_000_000));

        var failed = (StepOutcome.Failed)Run($"copy: {{ from: dist, to: {_folder.At("small")} }}");

        failed.Reason.Should().EndWith("ENOSPC (no space left on device)");
        failed.Hint.Should().Be("what was copied before it stays; each file is whole; the disk is full: `df -h` and `df -i` tell what is short");
        File.ReadAllText(_folder.At("small/a")).Should().Be("small");
        File.ReadAllText(_folder.At("small/b")).Should().Be("old");
        Directory.EnumerateFileSystemEntries(_folder.At("small")).Should().HaveCount(2);
    });

    [Fact]
    public void What_a_killed_run_left_is_swept()
    {
        _folder.Write("bundle/dist/a", "x");
        _folder.Write("www/.a.hookrunner-999999-1", "half");
        _folder.Write("www/.other.hookrunner-999999-1", "not ours");

        Run($"copy: {{ from: dist, to: {_folder.At("www")} }}");

        Directory.EnumerateFileSystemEntries(_folder.At("www")).Select(Path.GetFileName).Should().BeEquivalentTo("a", ".other.hookrunner-999999-1");
    }

    [Fact]
    public void Pipes_and_sockets_are_passed_over_and_said()
    {
        _folder.Write("bundle/dist/a", "x");
        PrivateMounts.Shell($"mkfifo {_folder.At("bundle/dist/pipe")}");

        Run($"copy: {{ from: dist, to: {_folder.At("www")} }}").Should().Be(new StepOutcome.Succeeded("2 made, 0 changed, 0 already so, passed over 1 sockets, pipes or devices"));
    }

    [Fact]
    public void Names_that_are_no_text_are_copied()
    {
        PrivateMounts.Shell($"mkdir -p {_folder.At("bundle/dist")} && cd {_folder.At("bundle/dist")} && touch \"$(printf 'a\\377b')\" 'line\nbreak' -- -rf");

        Run($"copy: {{ from: dist, to: {_folder.At("www")} }}");

        PrivateMounts.Shell($"cd {_folder.At("www")} && test -e \"$(printf 'a\\377b')\" && test -e 'line\nbreak' && test -e -rf && rm -rf {_folder.At("www")} {_folder.At("bundle")}");
    }

    [Fact]
    public void A_stop_ends_it_between_two_entries()
    {
        _folder.Write("bundle/dist/a", "");
        var run = new TestStepRun(_folder.At("bundle"));
        run.Told.Cancel();

        Some.Step($"copy: {{ from: dist, to: {_folder.At("www")} }}").Run(run).Should().Be(new StepOutcome.Stopped(15));
    }

    [Theory]
    [InlineData("copy: { from: a, to: b }", "1:22 `to` is `b`; expected an absolute path (start it with `/` or with a variable such as `${release.dir}`)")]
    [InlineData("copy: { from: a.jar, to: /opt/a.jar, newest: true }", "1:46 `newest` takes the newest match of a pattern, and `a.jar` is none (for example `from: build/app-*.jar`)")]
    [InlineData("copy: { from: '*.jar', to: /opt/a.jar }", "1:28 `/opt/a.jar` would become a directory for all that `*.jar` matches (for one of them under this name, add `newest: true`; else name the directory)")]
    [InlineData("copy: { from: a, to: /opt/a, keep: true, owner: deploy }", "1:49 `owner` and `keep: true` contradict each other: `keep` leaves the owner as it is (write one of them)")]
    [InlineData("copy: { from: etc, to: /etc, backup: true }", "1:38 `to` is `/etc`, a directory of the system: a backup would copy all of it (name a directory of the application below it)")]
    [InlineData("copy: { from: a, to: /proc/a }", "1:22 `/proc/a` is a place of the kernel")]
    [InlineData("copy: { from: /opt/a, to: /opt/a/b }", "1:27 `to` is inside `/opt/a` (name another place)")]
    [InlineData("copy: { from: /opt/a, to: /opt/a/ }", "1:27 `to` is what `from` is (name another place)")]
    [InlineData("copy: { from: a, to: /opt/a, exclude: / }", "1:39 `exclude` holds `/`, which names nothing")]
    public void A_copy_that_cannot_be_meant_is_refused(string step, string mistake) => Some.Mistakes(step).Should().Equal(mistake);

    [Theory]
    [InlineData("copy: { from: dist, to: /var/www }", "copy dist to /var/www")]
    [InlineData("copy: { from: 'a-*.jar', to: /opt/a.jar, newest: true, backup: true, owner: deploy, mode: 0640 }",
        "copy the newest of a-*.jar to /opt/a.jar, owned by deploy, mode 0640; what was there stays as /opt/a.jar.backup")]
    [InlineData("copy: { from: '*.service', to: /etc/systemd/system, exclude: [a, b], keep: true, backup: true }",
        "copy *.service to /etc/systemd/system, without a and b, with owner, mode and times; what was there stays as /etc/systemd/system/NAME.backup")]
    public void A_copy_shows_what_it_does(string step, string words) => Some.Step(step).Describe().Should().Be(words);

    private StepOutcome Run(string step) => Some.Step(step).Run(new TestStepRun(_folder.At("bundle")));
}
