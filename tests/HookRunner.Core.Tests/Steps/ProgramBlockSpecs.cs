using HookRunner.Core.Diagnostics;
using HookRunner.Core.Steps;
using HookRunner.Core.Values;

namespace HookRunner.Core.Tests.Steps;

public class ProgramBlockSpecs
{
    [Fact]
    public void Everything_that_says_how_a_program_is_started_is_read()
    {
        var (settings, said) = Read("{ cwd: /srv/, user: deploy, umask: 0027, limits: { nofile: 65536 }, source: [/etc/profile, env.sh], login: true, shell: sh, capture: OUT, secret: true, inherit_env: [\"LC_*\"] }");

        said.Should().BeEmpty();
        (settings.WorkingDirectory!.Text, settings.User!.Text, settings.Umask, settings.OpenFiles).Should().Be(("/srv", "deploy", 0x17u, 65536));
        settings.SourceFiles.Select(file => file.Text).Should().Equal("/etc/profile", "env.sh");
        (settings.Login, settings.Shell, settings.Capture).Should().Be((true, "sh", new Capture("OUT", true)));
        settings.Inherited.Names.Should().Equal("LC_*");
    }

    [Fact]
    public void Without_a_word_it_is_as_the_language_says()
    {
        var (settings, said) = Read("{}");

        said.Should().BeEmpty();
        settings.Should().BeEquivalentTo(ProgramSettings.Default);
        Convert.ToString(settings.Umask, 8).Should().Be("22");
    }

    [Theory]
    [InlineData("{ cwd: srv }", "`cwd` is `srv`; expected an absolute path")]
    [InlineData("{ user: \"\" }", "`user` is empty; expected a name")]
    [InlineData("{ umask: 027x }", "`umask` is `027x`; expected 3 octal digits such as `027`")]
    [InlineData("{ umask: 089 }", "`umask` is `089`; expected 3 octal digits such as `027`")]
    [InlineData("{ umask: 7777 }", "`umask` is `7777`; expected 3 octal digits such as `027`")]
    [InlineData("{ limits: { nproc: 3 } }", "unknown key `nproc` in `limits`")]
    [InlineData("{ limits: { nofile: 0 } }", "`nofile` is `0`; expected a whole number from 1 to 1048576")]
    [InlineData("{ source: [\"\"] }", "`source` is empty; expected a path")]
    [InlineData("{ login: yes }", "`login` is `yes`; expected")]
    [InlineData("{ shell: zsh }", "`shell` is `zsh`; expected `bash`, `sh`")]
    [InlineData("{ capture: 1st }", "`capture` is `1st`; expected the name of a variable")]
    [InlineData("{ capture: HOOKRUNNER_X }", "`capture` is `HOOKRUNNER_X`; expected the name of a variable")]
    [InlineData("{ inherit_env: yes }", "`inherit_env` is `yes`; expected")]
    [InlineData("{ inherit_env: { a: b } }", "`inherit_env` is a mapping; expected names of variables, globs allowed, or `true`")]
    public void What_makes_no_sense_is_refused(string yaml, string said) =>
        Read(yaml).Said.First().Should().StartWith(said);

    [Fact]
    public void What_is_late_is_left_open_and_typed_values_have_their_default()
    {
        var (settings, said) = Read("{ cwd: \"${a}/x\", user: \"${a}\", umask: \"${a}\", capture: \"${a}\" }");

        said.Should().BeEmpty();
        (settings.WorkingDirectory!.IsComplete, settings.User!.IsComplete, settings.Umask, settings.Capture).Should().Be((false, false, 0x12u, null));
    }

    [Theory]
    [InlineData("app.env", "app.env False False")]
    [InlineData("[/etc/a, { path: \"${x}/b\", optional: true, secret: true }]", "/etc/a False False; <read when the step starts>/b True True")]
    public void An_env_file_is_a_path_or_says_more(string yaml, string expected)
    {
        var diagnostics = new DiagnosticBag();

        var files = EnvironmentFileBlock.Entries(Reads.Node(yaml)).Select(entry => EnvironmentFileBlock.Read(entry, UnknownScope.Value, diagnostics)!);

        string.Join("; ", files.Select(file => $"{file.Path} {file.Optional} {file.Secret}")).Should().Be(expected);
        diagnostics.Sorted().Should().BeEmpty();
    }

    [Theory]
    [InlineData("{ optional: true }", "`env_file` needs `path`")]
    [InlineData("{ path: a, optinal: true }", "unknown key `optinal` in `env_file`")]
    [InlineData("\"\"", "`env_file` is empty; expected a path")]
    public void An_env_file_that_names_none_is_refused(string yaml, string said)
    {
        var diagnostics = new DiagnosticBag();

        EnvironmentFileBlock.Read(Reads.Node(yaml), UnknownScope.Value, diagnostics);

        Reads.Said(diagnostics).First().Should().StartWith(said);
    }

    private static (ProgramSettings Settings, IEnumerable<string> Said) Read(string yaml)
    {
        var diagnostics = new DiagnosticBag();
        var settings = ProgramBlock.Read(new Fields(ProgramBlock.Table, Reads.Node(yaml), UnknownScope.Value, diagnostics));
        return (settings, Reads.Said(diagnostics));
    }
}
