using HookRunner.Core.Steps;
using HookRunner.Host.Os;

namespace HookRunner.Host.Tests.Steps;

public sealed class CopySpecs : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [NeedsFact("root")]
    public void A_file_gets_its_name_and_is_then_left_alone()
    {
        _folder.Write("bundle/app.jar", "one", UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.GroupWrite | UnixFileMode.OtherRead);

        var made = Run($"copy: {{ from: app.jar, to: {_folder.At("there.jar")}, owner: www-data }}");
        FileStatus.Of(_folder.At("there.jar"), out var before);
        var again = Run($"copy: {{ from: app.jar, to: {_folder.At("there.jar")}, owner: www-data }}");
        FileStatus.Of(_folder.At("there.jar"), out var after);

        made.Should().Be(new StepOutcome.Succeeded("made"));
        again.Should().Be(new StepOutcome.Succeeded("already so"));
        after.IsSameFileAs(before).Should().BeTrue();
        File.ReadAllText(_folder.At("there.jar")).Should().Be("one");
        _folder.Trait("there.jar").Should().Be("33:33 0704", "only its owner may write to it");
        _folder.Left().Should().Equal("bundle", "there.jar");
    }

    [NeedsFact("root")]
    public void The_contents_of_a_directory_go_into_another_and_what_is_there_besides_stays()
    {
        _folder.Write("bundle/dist/index.html", "new");
        _folder.Write("bundle/dist/css/site.css", "css");
        _folder.Write("bundle/dist/.well-known/x", "x");
        _folder.Write("www/index.html", "old");
        _folder.Write("www/uploads/photo", "mine");
        _folder.Write("www/css/site.css", "css");
        PosixPath.ChangeMode(_folder.At("www/css"), 0x1F8);

        var first = Run($"copy: {{ from: dist/, to: {_folder.At("www")}/, owner: www-data }}");
        var second = Run($"copy: {{ from: dist, to: {_folder.At("www")}, owner: www-data }}");

        first.Should().Be(new StepOutcome.Succeeded("2 made, 2 changed, 0 already so"), "an owner that is written holds for what was there, too");
        second.Should().Be(new StepOutcome.Succeeded("already so"));
        _folder.Tree("www").Should().Equal(".well-known", ".well-known/x", "css", "css/site.css", "index.html", "uploads", "uploads/photo");
        File.ReadAllText(_folder.At("www/index.html")).Should().Be("new");
        _folder.Trait("www/index.html").Should().Be("33:33 0644");
        _folder.Trait("www/.well-known").Should().Be("33:33 0755");
        _folder.Trait("www/css").Should().Be("0:0 0770", "directories that were there stay as they are");
        _folder.Trait("www/uploads/photo").Should().Be("0:0 0644");
    }

    [Fact]
    public void What_is_missing_above_a_directory_is_made_and_above_a_file_is_an_error()
    {
        _folder.Write("bundle/dist/x", "x");

        Run($"copy: {{ from: dist, to: {_folder.At("a/b/c")} }}").Should().Be(new StepOutcome.Succeeded("2 made, 0 changed, 0 already so"));
        ((StepOutcome.Failed)Run($"copy: {{ from: dist/x, to: {_folder.At("no/x")} }}")).Hint.Should().Be($"make it first: `directory: {_folder.At("no")}`");

        _folder.Tree("a").Should().Equal("b", "b/c", "b/c/x");
    }

    [NeedsFact("root")]
    public void The_default_user_owns_what_is_made_and_not_what_was_there()
    {
        _folder.Write("bundle/dist/old", "after");
        _folder.Write("bundle/dist/new/deep", "x");
        _folder.Write("www/old", "before");
        PosixPath.ChangeOwner(_folder.At("www/old"), 33, 100);
        PosixPath.ChangeMode(_folder.At("www/old"), 0x1A0);

        Some.Step($"copy: {{ from: dist, to: {_folder.At("www")} }}").Run(new TestStepRun(_folder.At("bundle")) { DefaultUser = "nobody" });

        _folder.Trait("www/old").Should().Be("33:100 0640");
        _folder.Trait("www/new").Should().Be("65534:65534 0755");
        _folder.Trait("www/new/deep").Should().Be("65534:65534 0644");
    }

    [Fact]
    public void A_file_that_is_replaced_becomes_a_program_where_its_source_is_one()
    {
        _folder.Write("bundle/tool", "x", UnixFileMode.UserRead | UnixFileMode.UserExecute);
        _folder.Write("tool", "x");
        PosixPath.ChangeMode(_folder.At("tool"), 0x1A0);

        Run($"copy: {{ from: tool, to: {_folder.At("tool")} }}").Should().Be(new StepOutcome.Succeeded("mode 0640 -> 0750"));
        Run($"copy: {{ from: tool, to: {_folder.At("tool")} }}").Should().Be(new StepOutcome.Succeeded("already so"));
    }

    [NeedsFact("root")]
    public void Keep_keeps_owner_mode_and_times()
    {
        _folder.Write("bundle/data/deep/file", "x");
        PosixPath.ChangeOwner(_folder.At("bundle/data/deep/file"), 33, 100);
        PosixPath.ChangeMode(_folder.At("bundle/data/deep/file"), 0x9B0);
        PosixPath.ChangeOwner(_folder.At("bundle/data/deep"), 33, 33);
        PosixPath.ChangeMode(_folder.At("bundle/data/deep"), 0x36D);
        File.SetLastWriteTimeUtc(_folder.At("bundle/data/deep/file"), new DateTime(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc));
        Directory.SetLastWriteTimeUtc(_folder.At("bundle/data/deep"), new DateTime(2002, 2, 3, 4, 5, 6, DateTimeKind.Utc));
        var step = $"copy: {{ from: data, to: {_folder.At("kept")}, keep: true }}";

        Run(step).Should().Be(new StepOutcome.Succeeded("3 made, 0 changed, 0 already so"));
        Run(step).Should().Be(new StepOutcome.Succeeded("already so"));
        File.SetLastWriteTimeUtc(_folder.At("kept/deep/file"), DateTime.UtcNow);
        Run(step).Should().Be(new StepOutcome.Succeeded("times"));

        _folder.Trait("kept/deep/file").Should().Be("33:100 4660");
        _folder.Trait("kept/deep").Should().Be("33:33 1555");
        File.GetLastWriteTimeUtc(_folder.At("kept/deep/file")).Year.Should().Be(2001);
    }

    [Fact]
    public void Links_are_copied_as_links()
    {
        _folder.Write("bundle/dist/app-2", "x");
        _folder.Link("bundle/dist/app", "app-2");
        _folder.Make("www");
        _folder.Link("www/app", "app-1");

        Run($"copy: {{ from: dist, to: {_folder.At("www")} }}").Should().Be(new StepOutcome.Succeeded("1 made, 1 changed, 0 already so"));
        Run($"copy: {{ from: dist, to: {_folder.At("www")} }}").Should().Be(new StepOutcome.Succeeded("already so"));

        new FileInfo(_folder.At("www/app")).LinkTarget.Should().Be("app-2");
    }

    [Fact]
    public void A_link_that_is_named_itself_is_what_it_points_to()
    {
        _folder.Write("bundle/app-2.jar", "two");
        _folder.Link("bundle/app.jar", "app-2.jar");
        _folder.Write("bundle/real/x", "x");
        _folder.Link("bundle/current", "real");

        Run($"copy: {{ from: app.jar, to: {_folder.At("a.jar")} }}");
        Run($"copy: {{ from: current, to: {_folder.At("c")} }}");

        new FileInfo(_folder.At("a.jar")).LinkTarget.Should().BeNull();
        _folder.Tree("c").Should().Equal("x");
    }

    [Fact]
    public void What_is_excluded_stays_out_by_name_or_by_path()
    {
        foreach (var name in new[] { "a.map", "js/b.map", "js/c.js", "test/x", "js/test/y", ".git/config", "sub/.env" })
        {
            _folder.Write($"bundle/dist/{name}", "x");
        }

        Run($"copy: {{ from: dist, to: {_folder.At("www")}, exclude: ['*.map', /test, .git, sub/.e*] }}")
            .Should().Be(new StepOutcome.Succeeded("6 made, 0 changed, 0 already so, left out 5"));

        _folder.Tree("www").Should().Equal("js", "js/c.js", "js/test", "js/test/y", "sub");
    }

    [Fact]
    public void Each_match_of_a_pattern_goes_into_the_directory()
    {
        _folder.Write("bundle/units/a.service", "a");
        _folder.Write("bundle/units/b.service", "b");
        _folder.Write("bundle/units/README", "x");

        Run($"copy: {{ from: units/*.service, to: {_folder.At("system")}, exclude: b* }}").Should().Be(new StepOutcome.Succeeded("made, left out 1"));

        _folder.Left("system").Should().Equal("a.service");
        ((StepOutcome.Failed)Run($"copy: {{ from: units/*.timer, to: {_folder.At("system")} }}")).Reason.Should().Be($"nothing matches `{_folder.At("bundle/units/*.timer")}`");
    }

    [Fact]
    public void The_newest_match_is_taken()
    {
        foreach (var (name, year) in new[] { ("app-10.jar", 2010), ("app-9.jar", 2012), ("app-11.jar", 2011) })
        {
            _folder.Write($"bundle/build/{name}", name);
            File.SetLastWriteTimeUtc(_folder.At($"bundle/build/{name}"), new DateTime(year, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        }

        Run($"copy: {{ from: build/app-*.jar, newest: true, to: {_folder.At("app.jar")} }}").Should().Be(new StepOutcome.Succeeded("app-9.jar: made"));
        File.SetLastWriteTimeUtc(_folder.At("bundle/build/app-10.jar"), new DateTime(2012, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        Run($"copy: {{ from: build/app-*.jar, newest: true, to: {_folder.At("app.jar")} }}").Should().Be(new StepOutcome.Succeeded("app-9.jar: already so"));

        File.ReadAllText(_folder.At("app.jar")).Should().Be("app-9.jar");
    }

    private StepOutcome Run(string step) => Some.Step(step).Run(new TestStepRun(_folder.At("bundle")));
}
