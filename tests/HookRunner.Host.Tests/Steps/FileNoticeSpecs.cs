using HookRunner.Core.Steps;

namespace HookRunner.Host.Tests.Steps;

/// <summary>A file that changed and the unit that is told.</summary>
[Collection(SystemdRoom.Name)]
public sealed class FileNoticeSpecs(SystemdMachine machine) : OnSystemd(machine)
{
    [SkippableFact]
    public void A_changed_file_tells_its_unit_once()
    {
        using var folder = new TempFolder();
        Has("told.service", Sleeper);
        Machine.Shell("systemctl daemon-reload; systemctl start told");
        var step = $"file: {{ path: {folder.At("told.conf")}, content: new, notify: {{ restart: told }} }}";
        folder.Write("told.conf", "old");

        var (first, second) = (Run(), Run());
        Do(step, first).Should().Be(new StepOutcome.Succeeded("changed; restarted told"));
        Do(step, second).Should().Be(new StepOutcome.Succeeded("already so"));

        first.Helpers.Should().Contain("systemctl restart told.service");
        second.Helpers.Should().BeEmpty();
        Directory.EnumerateFileSystemEntries(folder.Path).Should().ContainSingle();
    }

    [SkippableFact]
    public void A_file_whose_unit_refuses_it_goes_back()
    {
        using var folder = new TempFolder();
        Has("refuses.service", "ExecStart=/bin/false");
        folder.Write("refuses.conf", "old");

        var changed = (StepOutcome.Failed)Do($"file: {{ path: {folder.At("refuses.conf")}, content: new, notify: {{ restart: refuses }} }}");
        var made = (StepOutcome.Failed)Do($"file: {{ path: {folder.At("new.conf")}, content: new, notify: {{ restart: refuses }} }}");

        changed.Reason.Should().StartWith("unit `refuses.service` failed");
        changed.Hint.Should().Be("the file is as it was");
        made.Hint.Should().Be("the file is as it was");
        File.ReadAllText(folder.At("refuses.conf")).Should().Be("old");
        Directory.EnumerateFileSystemEntries(folder.Path).Should().ContainSingle();
    }

    [SkippableFact]
    public void A_unit_that_was_never_told_because_the_run_was_killed_is_told_by_the_next()
    {
        using var folder = new TempFolder();
        Has("late.service", Sleeper);
        folder.Write("late.conf", "new");
        folder.Write(".late.conf.notify.hookrunner-999999-1", "old");

        Do($"file: {{ path: {folder.At("late.conf")}, content: new, notify: {{ restart: late }} }}").Should().Be(new StepOutcome.Succeeded("restarted"));

        Directory.EnumerateFileSystemEntries(folder.Path).Should().ContainSingle();
    }
}
