using HookRunner.Core.Language;
using HookRunner.Core.Steps;
using HookRunner.Host.Os;

namespace HookRunner.Host.Tests.Steps;

/// <summary>What `remove` refuses, and what it leaves alone.</summary>
public sealed class RemoveSafetySpecs : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Nothing_outside_within_is_removed_whatever_links_say()
    {
        _folder.Write("secret/file", "x");
        _folder.Make("app");
        _folder.Link("app/inside", _folder.At("secret"));

        var failed = (StepOutcome.Failed)Run($"remove: {{ paths: {_folder.At("app/inside/file")}, within: {_folder.At("app")} }}");

        failed.Reason.Should().Be($"`{_folder.At("secret/file")}` is really `{_folder.At("secret/file")}`, which is not inside `{_folder.At("app")}`");
        _folder.Left("secret").Should().Equal("file");
    }

    [Fact]
    public void A_link_that_strangers_could_plant_is_not_walked_through()
    {
        _folder.Write("secret/file", "x");
        _folder.Make("open");
        _folder.Link("open/way", _folder.At("secret"));
        PosixPath.ChangeMode(_folder.At("open"), 0x1FF);

        ((StepOutcome.Failed)Run($"remove: {_folder.At("open/way/file")}")).Reason.Should().Contain("is a link in a directory that every user can write to");

        _folder.Left("secret").Should().Equal("file");
    }

    [SkippableFact]
    public void What_is_mounted_in_it_stays() => PrivateMounts.Run(() =>
    {
        PrivateMounts.Shell($"mount -t tmpfs none {_folder.Make("app/mounted")} && touch {_folder.At("app/mounted/data")}");

        ((StepOutcome.Failed)Run($"remove: {_folder.At("app")}")).Reason.Should().EndWith("EBUSY (device or resource busy)");

        File.Exists(_folder.At("app/mounted/data")).Should().BeTrue();
    });

    [Fact]
    public void The_bundle_and_what_the_release_keeps_are_refused()
    {
        var (live, link) = (_folder.Make("releases/d-1"), _folder.Link("app", _folder.At("releases/d-1")));
        var run = new TestStepRun(_folder.Make("bundle"));
        run = new TestStepRun(_folder.At("bundle"))
        {
            Planned = run.Plan with { Release = new ReleaseSettings { Link = link, Releases = _folder.At("releases"), SharedDirectory = _folder.At("shared") } },
        };

        string Refused(string path) => ((StepOutcome.Failed)Some.Step($"remove: {path}").Run(run)).Reason;

        Refused(_folder.At("bundle")).Should().Contain("is part of the bundle");
        _folder.Write("bundle/app/x", "");
        Refused(_folder.At("bundle/app/x")).Should().Contain("is part of the bundle");
        Refused(link).Should().EndWith("is what `release:` keeps");
        Refused(live).Should().EndWith("is what `release:` keeps");
        Refused(_folder.At("releases")).Should().EndWith("is what `release:` keeps");
    }

    [NeedsFact("root")]
    public void What_cannot_be_removed_is_named_with_what_was()
    {
        _folder.Write("app/a", "");
        _folder.Write("app/b/immutable", "");
        PrivateMounts.Shell($"chattr +i {_folder.At("app/b/immutable")} 2>/dev/null || mount --bind {_folder.At("app/b/immutable")} {_folder.At("app/b/immutable")}");
        try
        {
            var failed = (StepOutcome.Failed)Run($"remove: '{_folder.At("app")}/*'");

            failed.Reason.Should().MatchRegex($"{_folder.At("app/b")}.*(EPERM|EBUSY)");
            failed.Hint.Should().EndWith("1 before it is removed, and perhaps part of it");
        }
        finally
        {
            PrivateMounts.Shell($"chattr -i {_folder.At("app/b/immutable")} 2>/dev/null || umount {_folder.At("app/b/immutable")}");
        }
    }

    [Fact]
    public void A_stop_ends_it_between_two_entries()
    {
        _folder.Write("app/a", "");
        var run = new TestStepRun("/nowhere/bundle");
        run.Told.Cancel();

        Some.Step($"remove: {_folder.At("app")}").Run(run).Should().Be(new StepOutcome.Stopped(15));
    }

    [Theory]
    [InlineData("remove: /", "`/` is a directory of the system")]
    [InlineData("remove: //./", "`//.` is a directory of the system")]
    [InlineData("remove: '/*'", "`/*` is too short to be removed; expected a path at least 2 deep")]
    [InlineData("remove: /app", "`/app` is too short to be removed; expected a path at least 2 deep")]
    [InlineData("remove: /var/log", "`/var/log` is a directory of the system")]
    [InlineData("remove: /home/deploy", "`/home/deploy` is a directory of the system")]
    [InlineData("remove: '/home/deploy/*'", "`/home/deploy/*` takes everything in a directory of the system")]
    [InlineData("remove: '/tmp/*'", "`/tmp/*` takes everything in a directory of the system")]
    [InlineData("remove: '/opt/*/tmp'", "`/opt/*/tmp` takes everything in a directory of the system")]
    [InlineData("remove: /proc/sys/kernel", "`/proc/sys/kernel` is a directory of the system")]
    [InlineData("remove: /opt/app/../..", "`/opt/app/../..` has `..` in it; write where it leads")]
    [InlineData("remove: '/opt/app/**'", "`/opt/app/**` has `**` in it; a directory is removed with all below it, so name the directory")]
    [InlineData("remove: { paths: /opt/other/x, within: /opt/app }", "`/opt/other/x` is not inside `/opt/app`")]
    [InlineData("remove: { paths: /opt/app, within: /opt/app }", "`/opt/app` is not inside `/opt/app`")]
    public void What_must_not_go_is_refused_when_it_is_read(string step, string message) =>
        Some.Mistakes(step).Should().ContainSingle().Which.Should().EndWith($"{message} (name what belongs to the application)");

    [Theory]
    [InlineData("remove: { except: a }", "1:9 `remove` needs `paths`: paths, or patterns with `*`, `?` and `[a-z]`, which leave out names that begin with a dot")]
    [InlineData("remove: { paths: /opt/app, except: a/b }", "1:36 `a/b` is a path; `except` takes names (use a step for each directory that is emptied)")]
    [InlineData("remove: tmp/x", "1:9 `paths` is `tmp/x`; expected an absolute path (start it with `/` or with a variable such as `${release.dir}`)")]
    public void A_removal_that_cannot_be_meant_is_refused(string step, string mistake) => Some.Mistakes(step).Should().Equal(mistake);

    private static StepOutcome Run(string step) => Some.Step(step).Run(new TestStepRun("/nowhere/bundle"));
}
