using HookRunner.Core.Steps;
using HookRunner.Host.Os;

namespace HookRunner.Host.Tests.Steps;

public sealed class CopyBackupSpecs : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [NeedsFact("root")]
    public void What_was_there_is_kept_once_and_only_where_something_changes()
    {
        _folder.Write("bundle/conf", "two");
        _folder.Write("conf", "one");
        PosixPath.ChangeOwner(_folder.At("conf"), 33, 100);
        var step = $"copy: {{ from: conf, to: {_folder.At("conf")}, backup: true }}";

        Run(step).Should().Be(new StepOutcome.Succeeded($"changed; what was there is {_folder.At("conf.backup")}"));
        Run(step).Should().Be(new StepOutcome.Succeeded("already so"));
        var kept = File.ReadAllText(_folder.At("conf.backup"));
        _folder.Write("bundle/conf", "three");
        Run(step);

        kept.Should().Be("one", "a run that changes nothing keeps the backup");
        File.ReadAllText(_folder.At("conf.backup")).Should().Be("two");
        File.ReadAllText(_folder.At("conf")).Should().Be("three");
        _folder.Trait("conf.backup").Should().Be("33:100 0644");
        _folder.Left().Should().Equal("bundle", "conf", "conf.backup");
    }

    [Fact]
    public void A_directory_is_kept_whole()
    {
        _folder.Write("bundle/dist/index", "two");
        _folder.Write("www/index", "one");
        _folder.Write("www/uploads/photo", "mine");
        var step = $"copy: {{ from: dist, to: {_folder.At("www")}, backup: true }}";

        Run(step);
        Run(step).Should().Be(new StepOutcome.Succeeded("already so"));
        _folder.Write("bundle/dist/index", "three");
        Run(step).Should().Be(new StepOutcome.Succeeded($"changed; what was there is {_folder.At("www.backup")}"));

        _folder.Tree("www.backup").Should().Equal("index", "uploads", "uploads/photo");
        File.ReadAllText(_folder.At("www.backup/index")).Should().Be("two");
        _folder.Left().Should().Equal("bundle", "www", "www.backup");
    }

    [NeedsFact("root")]
    public void A_run_that_ended_half_way_does_not_take_its_half_for_what_was_there()
    {
        _folder.Write("bundle/dist/a", "two");
        _folder.Write("bundle/dist/b", "two");
        _folder.Write("www/a", "one");
        _folder.Write("www/b", "one");
        var step = $"copy: {{ from: dist, to: {_folder.At("www")}, backup: true }}";
        PrivateMounts.Shell($"chattr +i {_folder.At("www/b")}");

        try
        {
            ((StepOutcome.Failed)Run(step)).Reason.Should().Contain("www/b").And.Contain("EPERM");
        }
        finally
        {
            PrivateMounts.Shell($"chattr -i {_folder.At("www/b")}");
        }

        Run(step).Should().BeOfType<StepOutcome.Succeeded>();
        File.ReadAllText(_folder.At("www/b")).Should().Be("two");
        File.ReadAllText(_folder.At("www.backup/a")).Should().Be("one");
        _folder.Left().Should().Equal("bundle", "www", "www.backup");
    }

    private StepOutcome Run(string step) => Some.Step(step).Run(new TestStepRun(_folder.At("bundle")));
}
