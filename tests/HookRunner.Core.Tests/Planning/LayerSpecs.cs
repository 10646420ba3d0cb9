using HookRunner.Core.Planning;
using HookRunner.Core.Steps;
using HookRunner.Core.Values;

namespace HookRunner.Core.Tests.Planning;

public class LayerSpecs
{
    private const string Layers =
        """
        version: 1
        env: { A: file, B: file, C: file, D: file }
        env_file: file.env
        path: [/file]
        inherit_env: [LC_*]
        defaults: { user: file, timeout: 1m, umask: "027", env: { D: default }, path: /default, cwd: /file }
        environments:
          production:
            groups: ["Production-*"]
            env: { B: environment, C: environment }
            env_file: [{ path: environment.env, optional: true }]
            path: [/environment]
            defaults: { user: environment, cwd: /environment }
        roles:
          web: { groups: ["*-APP"], env: { C: role, E: "${environment}" }, path: /role, env_file: role.env, defaults: { cwd: /role } }
        steps:
          inner:
            - run: "true"
              env: { G: step }
              env_file: { path: step.env, secret: true }
              path: [/step/a, /step/b]
              STEP
          outer:
            - { use: inner, env: { F: inner, G: inner }, path: /inner, env_file: inner.env, cwd: /inner }
        hooks:
          AfterInstall:
            - { use: outer, env: { F: outer, A: outer }, path: /outer, env_file: outer.env, umask: "077", cwd: /outer }
        """;

    [Fact]
    public void Env_merges_by_name_and_later_layers_win() =>
        Step("").Program.Environment.Select(item => $"{item.Name}={item.Value}").Should().Equal(
            "A=outer", "B=environment", "C=role", "D=default", "E=production", "F=inner", "G=step");

    [Fact]
    public void Env_files_add_up_from_the_file_to_the_step() =>
        Step("").Program.EnvironmentFiles.Select(file => $"{file.Path} {file.Optional} {file.Secret}").Should().Equal(
            "file.env False False", "environment.env True False", "role.env False False", "outer.env False False", "inner.env False False", "step.env False True");

    [Fact]
    public void Path_adds_up_in_the_reverse_so_that_the_steps_own_is_first() =>
        Step("").Program.Path.Select(path => path.ToString()).Should().Equal(
            "/step/a", "/step/b", "/inner", "/outer", "/role", "/environment", "/default", "/file");

    [Theory]
    [InlineData("", "environment 1m /inner 63")]
    [InlineData("user: step", "step 1m /inner 63")]
    [InlineData("timeout: 5s", "environment 5s /inner 63")]
    [InlineData("cwd: /step", "environment 1m /step 63")]
    public void Of_every_other_key_the_innermost_wins(string key, string expected)
    {
        var step = Step(key);

        $"{step.Program.User} {Duration.Format(step.Timeout!.Value)} {step.Program.WorkingDirectory} {step.Program.Umask}".Should().Be(expected);
    }

    [Theory]
    [InlineData("", false, "LC_*")]
    [InlineData("inherit_env: true", true, "")]
    [InlineData("inherit_env: [JAVA_HOME]", false, "JAVA_HOME")]
    [InlineData("inherit_env: false", false, "")]
    public void Inherited_names_are_those_of_the_innermost_that_says_any(string key, bool everything, string names)
    {
        var inherited = Step(key).Program.Inherited;

        (inherited.Everything, string.Join(' ', inherited.Names)).Should().Be((everything, names));
    }

    [Fact]
    public void Defaults_that_a_kind_does_not_take_are_passed_over()
    {
        var plan = Planned.Of(
            """
            version: 1
            defaults: { user: deploy, timeout: 1m, umask: "027", env: { A: "${env.X}" }, retry: 3 }
            hooks:
              AfterInstall:
                - http: "http://localhost"
                - directory: { path: /etc/myapp }
                - directory: { path: /etc/myapp }
                  when: { run: test -f x }
            """);

        plan.AllSteps.Select(step => (step.Timeout, step.Program.User?.Text, step.Program.Umask, step.Program.Environment.Length, step.Retry?.Attempts))
            .Should().Equal(
                (null, "deploy", 0x12u, 0, 3),
                (TimeSpan.FromMinutes(1), "deploy", 0x12u, 0, 3),
                (TimeSpan.FromMinutes(1), "deploy", 0x17u, 1, 3));
    }

    [Fact]
    public void A_program_that_a_condition_looks_for_is_looked_for_on_the_steps_path()
    {
        var step = Planned.Of("version: 1\npath: /opt/bin\nhooks: { AfterInstall: [{ directory: { path: /a }, when: { program: node } }] }").AllSteps.Single();

        (step.Program.Path.Single().Text, step.StartsProgram).Should().Be(("/opt/bin", false));
    }

    [Theory]
    [InlineData("env: { A: 1, B: 2 }", "env: { A: 1, B: 3 }", "the environment variable `B` differently")]
    [InlineData("defaults: { user: a }", "defaults: { user: b }", "the default `user` differently")]
    [InlineData("defaults: { env: { A: 1 } }", "defaults: { env: { A: 2 } }", "the default `env.A` differently")]
    [InlineData("defaults: { retry: { attempts: 3 } }", "defaults: { retry: { attempts: 4 } }", "the default `retry` differently")]
    [InlineData("defaults: { retry: { attempts: 3 } }", "defaults: { retry: { \"attempts\": \"3\" } }", null)]
    [InlineData("env_file: a", "env_file: b", null)]
    [InlineData("path: /a", "path: /b", null)]
    [InlineData("defaults: { path: /a, env_file: a }", "defaults: { path: /b, env_file: b }", null)]
    [InlineData("env: { A: 1 }", "env: { B: 2 }", null)]
    public void Two_roles_that_differ_in_one_name_are_refused(string web, string job, string? said)
    {
        var (_, found) = Planned.Try(
            $$"""
            version: 1
            roles:
              web: { groups: ["*"], {{web}} }
              job: { groups: ["*"], {{job}} }
            """);

        found.Should().HaveCount(said is null ? 0 : 1);
        said?.Should().Match(text => found[0].Contains($"the roles `web` and `job` both match and set {text}", StringComparison.Ordinal));
    }

    [Fact]
    public void Nothing_written_means_the_defaults_of_the_language()
    {
        var step = Planned.Of("version: 1\nhooks: { AfterInstall: [{ run: \"true\" }] }").AllSteps.Single();

        step.Program.Should().BeEquivalentTo(ProgramSettings.Default);
        (step.Timeout, step.Retry, step.AllowFailure, step.When.Length).Should().Be((null, null, false, 0));
    }

    private static PlannedStep Step(string key) =>
        Planned.Of(Layers.Replace("STEP", key, StringComparison.Ordinal)).AllSteps.Single();
}
