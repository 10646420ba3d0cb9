using HookRunner.Core.Steps;
using HookRunner.Core.Values;
using HookRunner.Host.Os;

namespace HookRunner.Host.Tests.Steps;

public sealed class FileSpecs : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly TempFolder _bundle = new();

    public void Dispose()
    {
        _folder.Dispose();
        _bundle.Dispose();
    }

    [NeedsFact("root")]
    public void A_file_is_written_and_then_left_alone()
    {
        var step = $"file: {{ path: {_folder.At("app.env")}, content: \"A=1\\n\", owner: www-data, mode: 0640 }}";

        var made = Run(step);
        FileStatus.Of(_folder.At("app.env"), out var before);
        var again = Run(step);
        FileStatus.Of(_folder.At("app.env"), out var after);

        made.Should().Be(new StepOutcome.Succeeded("made"));
        again.Should().Be(new StepOutcome.Succeeded("already so"));
        after.IsSameFileAs(before).Should().BeTrue();
        File.ReadAllText(_folder.At("app.env")).Should().Be("A=1\n");
        _folder.Trait("app.env").Should().Be("33:33 0640");
        Directory.EnumerateFileSystemEntries(_folder.Path).Should().ContainSingle();
    }

    [NeedsFact("root")]
    public void A_new_file_is_0644_and_a_replaced_one_keeps_owner_and_mode()
    {
        Run($"file: {{ path: {_folder.At("new")}, content: x }}");
        _folder.Write("old", "before");
        PosixPath.ChangeOwner(_folder.At("old"), 33, 100);
        PosixPath.ChangeMode(_folder.At("old"), 0x1A0);

        Run($"file: {{ path: {_folder.At("old")}, content: after }}").Should().Be(new StepOutcome.Succeeded("changed"));

        _folder.Trait("new").Should().Be("0:0 0644");
        _folder.Trait("old").Should().Be("33:100 0640");
    }

    [NeedsFact("root")]
    public void Owner_and_mode_alone_are_changes_too()
    {
        _folder.Write("app", "x");

        Run($"file: {{ path: {_folder.At("app")}, content: x, owner: 'root:users', mode: 'u=rw,go=' }}")
            .Should().Be(new StepOutcome.Succeeded("owner 0:0 -> 0:100, mode 0644 -> 0600"));

        _folder.Trait("app").Should().Be("0:100 0600");
    }

    [NeedsFact("root")]
    public void The_default_user_owns_a_new_file_and_not_one_that_was_there()
    {
        _folder.Write("old", "x");
        var run = new TestStepRun(_bundle.Path) { DefaultUser = "www-data" };

        Some.Step($"file: {{ path: {_folder.At("new")}, content: x }}").Run(run);
        Some.Step($"file: {{ path: {_folder.At("old")}, content: y }}").Run(run);

        _folder.Trait("new").Should().Be("33:33 0644");
        _folder.Trait("old").Should().Be("0:0 0644");
    }

    [NeedsFact("root")]
    public void A_source_is_copied_byte_for_byte_with_its_mode()
    {
        var bytes = new byte[200_000];
        new Random(1).NextBytes(bytes);
        File.WriteAllBytes(_bundle.At("source.bin"), bytes);
        PosixPath.ChangeMode(_bundle.At("source.bin"), 0x1FF);

        Run($"file: {{ path: {_folder.At("copy")}, source: source.bin }}").Should().Be(new StepOutcome.Succeeded("made"));
        Run($"file: {{ path: {_folder.At("copy")}, source: source.bin }}").Should().Be(new StepOutcome.Succeeded("already so"));

        File.ReadAllBytes(_folder.At("copy")).Should().Equal(bytes);
        _folder.Trait("copy").Should().Be("0:0 0755");
    }

    [Fact]
    public void Variables_in_a_source_are_put_in_only_where_that_is_wanted()
    {
        _bundle.Write("app.conf", "port ${port};\nhost $host;\ncost 5$$\n");
        var scope = new Values(("port", "8080"));

        Run($"file: {{ path: {_folder.At("raw")}, source: app.conf }}", scope);
        Run($"file: {{ path: {_folder.At("done")}, source: app.conf, expand: true }}", scope);

        File.ReadAllText(_folder.At("raw")).Should().Be("port ${port};\nhost $host;\ncost 5$$\n");
        File.ReadAllText(_folder.At("done")).Should().Be("port 8080;\nhost $host;\ncost 5$\n");
    }

    [NeedsFact("root")]
    public void A_new_file_with_a_hidden_value_in_it_is_for_its_owner_alone()
    {
        var run = new TestStepRun(_bundle.Path);
        run.Mask.Add("hunter22");
        _bundle.Write("app.env", "P=${password}\n");
        var scope = new Values(("password", "hunter22"));

        Some.Step($"file: {{ path: {_folder.At("new")}, content: 'P=${{password}}' }}", scope).Run(run);
        Some.Step($"file: {{ path: {_folder.At("expanded")}, source: app.env, expand: true }}", scope).Run(run);
        run.Warnings.Should().BeEmpty();
        Some.Step($"file: {{ path: {_folder.At("open")}, content: 'P=${{password}}', mode: 0644 }}", scope).Run(run);

        _folder.Trait("new").Should().Be("0:0 0600");
        _folder.Trait("expanded").Should().Be("0:0 0600");
        run.Warnings.Should().ContainSingle().Which.Should().Contain("holds a hidden value and every user of the host can read it");
    }

    [Fact]
    public void An_undefined_variable_in_a_source_is_told_with_its_line()
    {
        _bundle.Write("app.conf", "a\nport ${prot};\n");

        var failed = (StepOutcome.Failed)Run($"file: {{ path: {_folder.At("done")}, source: app.conf, expand: true }}", new Values());

        failed.Reason.Should().Be($"{_bundle.At("app.conf")}:2:6: `prot` is not defined");
        File.Exists(_folder.At("done")).Should().BeFalse();
    }

    [Fact]
    public void What_cannot_be_expanded_is_named()
    {
        File.WriteAllBytes(_bundle.At("latin"), [0x61, 0xE4]);

        ((StepOutcome.Failed)Run($"file: {{ path: {_folder.At("x")}, source: latin, expand: true }}")).Reason
            .Should().Be($"`{_bundle.At("latin")}` is no UTF-8 text, so `expand` cannot be meant for it");
        ((StepOutcome.Failed)Run($"file: {{ path: {_folder.At("x")}, source: none }}")).Reason
            .Should().Be($"open {_bundle.At("none")}: ENOENT (no such file or directory)");
        ((StepOutcome.Failed)Run($"file: {{ path: {_folder.At("x")}, source: . }}")).Reason.Should().Be($"`{_bundle.At(".")}` is no file");
    }

    [Fact]
    public void A_link_and_a_directory_in_the_way_are_refused()
    {
        _folder.Make("directory");
        _folder.Link("link", "/etc/passwd");

        ((StepOutcome.Failed)Run($"file: {{ path: {_folder.At("directory")}, content: x }}")).Reason.Should().Be($"`{_folder.At("directory")}` is a directory; expected a file");
        ((StepOutcome.Failed)Run($"file: {{ path: {_folder.At("link")}, content: x }}")).Reason.Should().Be($"`{_folder.At("link")}` is a link");
        File.ReadAllText("/etc/passwd").Should().StartWith("root:");
    }

    [NeedsFact("root")]
    public void A_users_link_on_the_way_leads_nowhere()
    {
        _folder.Make("etc");
        _folder.Make("home");
        _folder.Link("home/app", _folder.At("etc"));
        PosixPath.ChangeOwner(_folder.At("home"), 33, 33);
        PosixPath.ChangeOwner(_folder.At("home/app"), 33, 33);

        ((StepOutcome.Failed)Run($"file: {{ path: {_folder.At("home/app/cron")}, content: x, owner: www-data }}")).Reason.Should().Contain("goes through a link of user 33");
        Directory.EnumerateFileSystemEntries(_folder.At("etc")).Should().BeEmpty();
    }

    [NeedsFact("root")]
    public void A_second_name_of_another_file_is_not_written_through()
    {
        _folder.Write("precious", "secret");
        PrivateMounts.Shell($"ln {_folder.At("precious")} {_folder.At("app")}");

        Run($"file: {{ path: {_folder.At("app")}, content: x, owner: www-data }}").Should().BeOfType<StepOutcome.Succeeded>();

        File.ReadAllText(_folder.At("precious")).Should().Be("secret");
        _folder.Trait("precious").Should().Be("0:0 0644");
    }

    [SkippableFact]
    public void A_full_disk_leaves_the_old_file() => PrivateMounts.Run(() =>
    {
        PrivateMounts.Shell($"mount -t tmpfs -o size=64k,mode=755 none {_folder.Make("small")}");
        _folder.Write("small/app", "old");
        _bundle.Write("big", new string('x', 200_000));

        var failed = (StepOutcome.Failed)Run($"file: {{ path: {_folder.At("small/app")}, source: big }}");

        failed.Reason.Should().StartWith($"write {_folder.At("small")}/.app.hookrunner-").And.EndWith("ENOSPC (no space left on device)");
        failed.Hint.Should().Be("the file is as it was");
        File.ReadAllText(_folder.At("small/app")).Should().Be("old");
        Directory.EnumerateFileSystemEntries(_folder.At("small")).Should().ContainSingle();
    });

    [Fact]
    public void Nothing_is_written_into_the_bundle_by_whatever_path()
    {
        _folder.Link("alias", _bundle.Path);

        ((StepOutcome.Failed)Run($"file: {{ path: {_folder.At("alias/app")}, content: x }}")).Reason.Should().Be($"`{_folder.At("alias/app")}` is part of the bundle, which stays as it is");

        Directory.EnumerateFileSystemEntries(_bundle.Path).Should().BeEmpty();
    }

    [Fact]
    public void A_missing_directory_is_named_with_the_remedy() =>
        ((StepOutcome.Failed)Run($"file: {{ path: {_folder.At("no/app")}, content: x }}")).Hint.Should().Be($"make it first: `directory: {_folder.At("no")}`");

    [Fact]
    public void What_a_killed_run_left_is_swept()
    {
        _folder.Write(".app.hookrunner-999999-1", "half");

        Run($"file: {{ path: {_folder.At("app")}, content: x }}");

        Directory.EnumerateFileSystemEntries(_folder.Path).Should().ContainSingle();
    }

    [Theory]
    [InlineData("file: { path: /x }", "1:7 `file` needs `content` or `source`")]
    [InlineData("file: { path: /x, content: a, source: b }", "1:7 `file` has content and source; expected one of them")]
    [InlineData("file: { path: /x, content: a, expand: true }", "1:39 `expand` belongs to `source`; in `content` variables are always put in (a dollar sign itself is `$$`)")]
    [InlineData("file: { path: x, content: a }", "1:15 `path` is `x`; expected an absolute path (start it with `/` or with a variable such as `${release.dir}`)")]
    [InlineData("file: { path: '${bundle}/x', content: a }", "1:15 `path` is in the bundle, which stays as it is: the agent installs from it again when it restarts a deployment (name a place of the application)")]
    [InlineData("file: { path: /x, content: a, notify: nginx }", "1:39 `notify` is text; expected a mapping")]
    [InlineData("file: { path: /x, content: a, notify: { start: b } }", "1:39 `notify` needs one of `restart` and `reload` (for example `notify: { reload: nginx }`)")]
    [InlineData("file: { path: /x, content: a, notify: { reload: 'a b' } }", "1:49 `a b` is no unit's name; expected letters, digits and `:-_.\\@`, such as `nginx` or `app@1.service`")]
    public void A_file_that_cannot_be_meant_is_refused(string step, string mistake) => Some.Mistakes(step).Should().Contain(mistake);

    [Theory]
    [InlineData("file: { path: /etc/a, content: \"x\\n\", mode: 0600 }", "write /etc/a with `x`, mode 0600")]
    [InlineData("file: { path: /etc/a, content: \"x\\ny\\n\", owner: deploy }", "write /etc/a with 2 lines, owned by deploy")]
    [InlineData("file: { path: /etc/a, source: conf/a, expand: true, notify: { reload: nginx } }", "write /etc/a from conf/a, expanded; if it changed, reload nginx")]
    public void A_file_step_shows_what_it_does(string step, string words) => Some.Step(step).Describe().Should().Be(words);

    private StepOutcome Run(string step, IVariableScope? scope = null) => Some.Step(step, scope).Run(new TestStepRun(_bundle.Path));

    private sealed class Values(params (string Name, string Text)[] known) : IVariableScope
    {
        public VariableValue Find(string name) => Array.Find(known, item => item.Name == name) is { Name: not null } item
            ? new VariableValue.Known(item.Text)
            : new VariableValue.Undefined($"`{name}` is not defined");
    }
}
