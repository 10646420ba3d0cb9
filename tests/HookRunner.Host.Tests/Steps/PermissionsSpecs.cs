using HookRunner.Core.Steps;
using HookRunner.Host.Os;
using HookRunner.Host.Steps.Files;

namespace HookRunner.Host.Tests.Steps;

public sealed class PermissionsSpecs : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [NeedsFact("root")]
    public void A_tree_gets_owner_and_modes_where_they_differ_and_a_second_run_changes_nothing()
    {
        _folder.Write("app/bin/tool", "x", UnixFileMode.UserRead | UnixFileMode.UserExecute);
        _folder.Write("app/conf", "x");
        var step = $"permissions: {{ path: {_folder.At("app")}, owner: 'www-data:users', file_mode: ug+rwX, dir_mode: 0750, recursive: true }}";

        Run(step).Should().Be(new StepOutcome.Succeeded("changed 4 of 4"));
        Run(step).Should().Be(new StepOutcome.Succeeded("already so"));
        PosixPath.ChangeMode(_folder.At("app/conf"), 0x100);
        Run(step).Should().Be(new StepOutcome.Succeeded("changed 1 of 4"));

        _folder.Trait("app").Should().Be("33:100 0750");
        _folder.Trait("app/bin").Should().Be("33:100 0750");
        _folder.Trait("app/bin/tool").Should().Be("33:100 0770");
        _folder.Trait("app/conf").Should().Be("33:100 0660");
    }

    [NeedsFact("root")]
    public void Without_recursive_only_the_entry_itself_changes()
    {
        _folder.Write("app/file", "x");

        Run($"permissions: {{ path: {_folder.At("app")}, dir_mode: 0700 }}").Should().Be(new StepOutcome.Succeeded("changed 1 of 1"));
        Run($"permissions: {{ path: {_folder.At("app/file")}, file_mode: 0600 }}").Should().Be(new StepOutcome.Succeeded("changed 1 of 1"));

        _folder.Trait("app").Should().Be("0:0 0700");
        _folder.Trait("app/file").Should().Be("0:0 0600");
    }

    [NeedsFact("root")]
    public void A_link_below_gets_the_owner_itself_and_is_never_followed()
    {
        _folder.Write("precious/secret", "x");
        _folder.Make("app");
        _folder.Link("app/directory", _folder.At("precious"));
        _folder.Link("app/file", _folder.At("precious/secret"));

        Run($"permissions: {{ path: {_folder.At("app")}, owner: www-data, file_mode: 0664, dir_mode: 0700, recursive: true }}")
            .Should().Be(new StepOutcome.Succeeded("changed 3 of 3"));

        _folder.Trait("precious").Should().Be("0:0 0755");
        _folder.Trait("precious/secret").Should().Be("0:0 0644");
        _folder.Trait("app/file").Should().Be("33:33 0777");
    }

    [NeedsFact("root")]
    public void A_link_that_is_named_itself_stands_for_what_it_points_to()
    {
        _folder.Write("releases/2/file", "x");
        _folder.Link("app", _folder.At("releases/2"));

        Run($"permissions: {{ path: {_folder.At("app")}/, owner: www-data, recursive: true }}").Should().Be(new StepOutcome.Succeeded("changed 2 of 2"));

        _folder.Trait("releases/2/file").Should().Be("33:33 0644");
        _folder.Trait("app").Should().Be("0:0 0777");
    }

    [NeedsFact("root")]
    public void A_users_link_leads_nowhere()
    {
        _folder.Write("precious/secret", "x");
        _folder.Make("home");
        _folder.Link("home/app", _folder.At("precious"));
        PosixPath.ChangeOwner(_folder.At("home"), 33, 33);
        PosixPath.ChangeOwner(_folder.At("home/app"), 33, 33);

        ((StepOutcome.Failed)Run($"permissions: {{ path: {_folder.At("home/app/secret")}, owner: www-data }}")).Reason.Should().Contain("goes through a link of user 33");

        _folder.Trait("precious/secret").Should().Be("0:0 0644");
    }

    [NeedsFact("root")]
    public void Each_match_of_a_pattern_changes_and_no_match_is_fine()
    {
        _folder.Write("app/a.sh", "x");
        _folder.Write("app/b.sh", "x");
        _folder.Write("app/c", "x");

        Run($"permissions: {{ path: ['{_folder.At("app")}/*.sh'], file_mode: a+x }}").Should().Be(new StepOutcome.Succeeded("changed 2 of 2"));
        Run($"permissions: {{ path: '{_folder.At("app")}/*.py', file_mode: a+x }}").Should().Be(new StepOutcome.Succeeded("already so: nothing matches"));

        _folder.Trait("app/b.sh").Should().Be("0:0 0755");
        _folder.Trait("app/c").Should().Be("0:0 0644");
    }

    [NeedsFact("root")]
    public void A_file_that_a_user_gave_a_second_name_is_not_given_to_that_user()
    {
        _folder.Write("precious", "x");
        _folder.Make("home");
        PosixPath.ChangeOwner(_folder.At("home"), 33, 33);
        PrivateMounts.Shell($"ln {_folder.At("precious")} {_folder.At("home/mine")}");
        TrustedPlace.Find(_folder.At("home"), out var place).Should().BeNull();
        using (place)
        {
            var traits = new TreeTraits(new WantedOwner(33, 33, IsWritten: true), null, null, () => true) { TrustsSecondNames = false };

            traits.Put(place.Directory, place.Name)!.Reason.Should().Contain("belongs to user 0, has another name elsewhere");
        }

        _folder.Trait("precious").Should().Be("0:0 0644");
    }

    [NeedsFact("root")]
    public void Set_id_bits_survive_only_where_they_are_written()
    {
        _folder.Write("a", "x");
        _folder.Write("b", "x");
        PosixPath.ChangeMode(_folder.At("a"), 0x9ED);

        Run($"permissions: {{ path: {_folder.At("a")}, owner: www-data }}");
        Run($"permissions: {{ path: {_folder.At("b")}, owner: www-data, file_mode: 4755 }}");

        _folder.Trait("a").Should().Be("33:33 0755", "a set-id program of root must not become one of another user by the way");
        _folder.Trait("b").Should().Be("33:33 4755");
    }

    [NeedsFact("root")]
    public void Pipes_get_an_owner_without_being_opened()
    {
        PrivateMounts.Shell($"mkdir {_folder.At("app")} && mkfifo {_folder.At("app/pipe")}");

        Run($"permissions: {{ path: {_folder.At("app")}, owner: www-data, file_mode: 0600, recursive: true }}").Should().BeOfType<StepOutcome.Succeeded>();

        _folder.Trait("app/pipe").Should().StartWith("33:33 ");
    }

    [NeedsFact("root")]
    public void What_is_not_there_or_cannot_be_meant_is_told_before_anything_changes()
    {
        _folder.Write("app/file", "x");
        _folder.Make("bundle");

        Reason($"permissions: {{ path: [{_folder.At("app/file")}, {_folder.At("none")}], file_mode: 0600 }}").Should().Be($"stat {_folder.At("none")}: ENOENT (no such file or directory)");
        Reason($"permissions: {{ path: [{_folder.At("app/file")}, {_folder.At("app")}], file_mode: 0600 }}").Should().Be($"`{_folder.At("app")}` is a directory, and `file_mode` is for files");
        Reason($"permissions: {{ path: {_folder.At("app/file")}, dir_mode: 0700 }}").Should().Be($"`{_folder.At("app/file")}` is no directory, and `dir_mode` is for directories");
        Reason($"permissions: {{ path: {_folder.At("bundle")}, owner: www-data }}").Should().Be($"`{_folder.At("bundle")}` is part of the bundle, which stays as it is");

        _folder.Trait("app/file").Should().Be("0:0 0644");
    }

    [Fact]
    public void A_stop_ends_it_between_two_entries()
    {
        _folder.Write("app/a", "");
        var run = new TestStepRun("/nowhere/bundle");
        run.Told.Cancel();

        Some.Step($"permissions: {{ path: {_folder.At("app")}, owner: www-data }}").Run(run).Should().Be(new StepOutcome.Stopped(15));
    }

    [Theory]
    [InlineData("permissions: { path: /, owner: deploy, recursive: true }", "1:22 `/` is a directory of the system (name what belongs to the application)")]
    [InlineData("permissions: { path: /etc, owner: deploy }", "1:22 `/etc` is a directory of the system (name what belongs to the application)")]
    [InlineData("permissions: { path: '/home/*', owner: deploy }", "1:22 `/home/*` is a directory of the system (name what belongs to the application)")]
    [InlineData("permissions: { path: /app, owner: deploy }", "1:22 `/app` is too short to be changed; expected a path at least 2 deep (name what belongs to the application)")]
    [InlineData("permissions: { path: /opt/app }", "1:14 `permissions` needs `owner`, `file_mode` or `dir_mode`: else there is nothing to change")]
    [InlineData("permissions: { path: app, owner: deploy }", "1:22 `path` is `app`; expected an absolute path (start it with `/` or with a variable such as `${release.dir}`)")]
    [InlineData("permissions: { path: /opt/app, file_mode: 888 }", "1:43 `file_mode` is `888`; expected 3 or 4 octal digits such as `0750`, or a symbolic mode such as `ug+rwX`")]
    [InlineData("permissions: { path: /opt/app, file_mode: 0777 }", "1:43 `file_mode: 0777` lets every user of the host change it (the application's user is enough: `owner:` and `u+rwX`)")]
    public void What_must_not_change_hands_is_refused_when_it_is_read(string step, string mistake) => Some.Mistakes(step).Should().Equal(mistake);

    [Fact]
    public void A_directory_for_all_with_the_sticky_bit_is_fine() =>
        Some.Mistakes("permissions: { path: /opt/app/tmp, dir_mode: 1777 }").Should().BeEmpty();

    [Fact]
    public void It_shows_what_it_does() =>
        Some.Step("permissions: { path: [/opt/app, '/srv/*.d'], owner: deploy, file_mode: ug+rwX, dir_mode: 2775, recursive: true }", null)
            .Describe().Should().Be("give /opt/app and /srv/*.d, with all below, owner deploy, file mode ug+rwX, directory mode 2775");

    private StepOutcome Run(string step) => Some.Step(step).Run(new TestStepRun(_folder.At("bundle")));

    private string Reason(string step) => ((StepOutcome.Failed)Run(step)).Reason;
}
