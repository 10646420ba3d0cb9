using HookRunner.Core.Steps;

namespace HookRunner.Host.Tests.Steps;

public sealed class RemoveSpecs : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Files_and_directories_are_gone_afterwards_and_a_second_run_finds_nothing()
    {
        _folder.Write("app/deep/file", "x");
        _folder.Write("app/other", "x");
        _folder.Write("single", "x");

        var first = Run($"remove: [{_folder.At("app")}/, {_folder.At("single")}, {_folder.At("none")}]");
        var second = Run($"remove: [{_folder.At("app")}, {_folder.At("single")}, {_folder.At("none/x")}]");

        first.Should().Be(new StepOutcome.Succeeded("removed 2 with 3 entries in them"));
        second.Should().Be(new StepOutcome.Succeeded("already so"));
        _folder.Left().Should().BeEmpty();
    }

    [Fact]
    public void A_pattern_leaves_hidden_names_and_what_is_excepted()
    {
        foreach (var name in new[] { "app/a.log", "app/b.log", "app/.env", "app/keep.log", "app/c.txt" })
        {
            _folder.Write(name, "x");
        }

        Run($"remove: {{ paths: '{_folder.At("app")}/*.log', except: keep* }}").Should().Be(new StepOutcome.Succeeded("removed 2, kept 1"));

        _folder.Left("app").Should().Equal(".env", "c.txt", "keep.log");
    }

    [Fact]
    public void A_named_directory_is_emptied_but_for_what_stays()
    {
        _folder.Write("app/.env", "x");
        _folder.Write("app/storage/file", "x");
        _folder.Write("app/vendor/.env", "x");
        _folder.Write("app/.hidden", "x");

        Run($"remove: {{ paths: {_folder.At("app")}, except: [.env, storage] }}").Should().Be(new StepOutcome.Succeeded("removed 2 with 1 entries in them, kept 2"));
        _folder.Left("app").Should().Equal(".env", "storage");

        Directory.Delete(_folder.At("app/storage"), true);
        File.Delete(_folder.At("app/.env"));
        Run($"remove: {{ paths: {_folder.At("app")}, except: [.env, storage] }}").Should().Be(new StepOutcome.Succeeded("removed 1"));
        _folder.Left().Should().BeEmpty();
    }

    [Fact]
    public void A_pattern_in_the_middle_of_a_path_is_followed_through_directories_only()
    {
        _folder.Write("one/tmp/x", "");
        _folder.Write("two/tmp/x", "");
        _folder.Write("elsewhere-target/tmp/x", "");
        _folder.Link("three", _folder.At("elsewhere-target"));

        Run($"remove: '{_folder.Path}/t*/tmp'");

        Directory.Exists(_folder.At("one/tmp")).Should().BeTrue();
        Directory.Exists(_folder.At("two/tmp")).Should().BeFalse();
        Directory.Exists(_folder.At("elsewhere-target/tmp")).Should().BeTrue();
    }

    [Fact]
    public void A_link_is_removed_itself_and_never_followed()
    {
        _folder.Write("precious/file", "x");
        _folder.Make("app");
        _folder.Link("app/link", _folder.At("precious"));
        _folder.Link("top", _folder.At("precious"));

        Run($"remove: [{_folder.At("app")}, {_folder.At("top")}/]");

        _folder.Left().Should().Equal("precious");
        _folder.Left("precious").Should().Equal("file");
    }

    [Theory]
    [InlineData("a b")]
    [InlineData("-rf")]
    [InlineData("line\nbreak")]
    [InlineData("$(id)`id`'\"")]
    public void Any_name_is_only_a_name(string name)
    {
        _folder.Write($"app/{name}/x", "x");

        Run($"remove: {_folder.At("app")}").Should().BeOfType<StepOutcome.Succeeded>();

        _folder.Left().Should().BeEmpty();
    }

    [Fact]
    public void Names_that_are_no_text_are_removed_and_matched()
    {
        PrivateMounts.Shell($"cd {_folder.Path} && mkdir app && touch \"app/$(printf 'a\\377b')\" \"app/$(printf 'x\\377y')\"");

        Run($"remove: '{_folder.At("app")}/a?b'").Should().Be(new StepOutcome.Succeeded("removed 1"));
        Run($"remove: {_folder.At("app")}").Should().Be(new StepOutcome.Succeeded("removed 1 with 1 entries in them"));

        _folder.Left().Should().BeEmpty();
    }

    [Fact]
    public void A_removal_shows_what_it_does() =>
        Some.Step("remove: { paths: ['/opt/app/*', /opt/old], except: [.env], within: /opt }").Describe()
            .Should().Be("remove /opt/app/* and /opt/old, except .env, within /opt");

    private static StepOutcome Run(string step) => Some.Step(step).Run(new TestStepRun("/nowhere/bundle"));
}
