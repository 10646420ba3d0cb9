using HookRunner.Host.Os;
using HookRunner.Host.Tests;
using HookRunner.SystemTests.Support;

namespace HookRunner.SystemTests.Run;

/// <summary>What a step's program sees.</summary>
public class EnvironmentSpecs
{
    private const string PrintsAll = """
        version: 1
        vars: { port: 8080, base: /srv, root: "${base}/app" }
        hooks:
          AfterInstall:
            - run: env | sort > @ROOT@/environment
              env: { RAILS_ENV: "${environment}", PORT: "${port}" }
              path: [/opt/node/bin]
        """;

    [Fact]
    public void It_is_built_and_holds_the_agents_variables_and_ours()
    {
        using var bundle = Bundle.Create(PrintsAll);

        var result = bundle.Under18("AfterInstall");

        result.ErrorCode.Should().Be(AgentErrorCode.Succeeded, result.Text);
        File.ReadAllLines(bundle.PathOf("environment")).Should().Contain([
            "LIFECYCLE_EVENT=AfterInstall",
            "APPLICATION_NAME=sample",
            "DEPLOYMENT_GROUP_NAME=Staging-APP",
            $"DEPLOYMENT_ID={bundle.DeploymentId}",
            "HOOKRUNNER_ENVIRONMENT=Staging-APP",
            $"HOOKRUNNER_BUNDLE={bundle.Archive}",
            "HOOKRUNNER_VAR_PORT=8080",
            "HOOKRUNNER_VAR_ROOT=/srv/app",
            "RAILS_ENV=Staging-APP",
            "PORT=8080",
            $"HOME={Users.Current().Home}",
            $"USER={Users.Current().Name}",
            "PATH=/opt/node/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
        ]);
    }

    [Fact]
    public void A_step_that_starts_nothing_takes_values_of_an_env_file_all_the_same()
    {
        using var bundle = Bundle.Create("""
            version: 1
            env_file: [release.env, { path: @ROOT@/missing.env, optional: true }]
            vars: { image: "shop:${env.TAG}" }
            hooks:
              AfterInstall:
                - directory: { path: "@ROOT@/${env.TAG}" }
                - file: { path: "@ROOT@/image", content: "${image}" }
            """);
        bundle.Write("release.env", "TAG=1.4\n");

        var result = bundle.Under18("AfterInstall");

        result.ErrorCode.Should().Be(AgentErrorCode.Succeeded, result.Text);
        File.ReadAllText(bundle.PathOf("image")).Should().Be("shop:1.4");
        Directory.Exists(bundle.PathOf("1.4")).Should().BeTrue();
    }

    [Fact]
    public void The_agents_secrets_and_a_login_shells_leftovers_never_reach_a_step()
    {
        using var bundle = Bundle.Create(PrintsAll);
        var agent = new Agent18
        {
            ExtraEnvironment = AgentEnvironment.Service
                .SetItem("AWS_SECRET_KEY", "hidden").SetItem("AWS_ACCESS_KEY", "hidden").SetItem("BASH_EXECUTION_STRING", "hidden")
                .SetItem("IFS", " \n").SetItem("LD_PRELOAD", "").SetItem("MY_OWN", "hidden"),
        };

        agent.Run(bundle.Call("AfterInstall")).ErrorCode.Should().Be(AgentErrorCode.Succeeded);

        var seen = File.ReadAllText(bundle.PathOf("environment"));
        seen.Should().NotContain("hidden").And.NotContain("BASH_").And.NotContain("IFS=");
    }

    [Fact]
    public void Inherit_env_lets_through_what_it_names_but_no_secret_of_the_agent()
    {
        using var bundle = Bundle.Create(PrintsAll.Replace("path: [/opt/node/bin]", "inherit_env: [MY_*]", StringComparison.Ordinal));
        var agent = new Agent18 { ExtraEnvironment = AgentEnvironment.Service.SetItem("MY_OWN", "seen").SetItem("OTHER", "unseen") };

        agent.Run(bundle.Call("AfterInstall")).ErrorCode.Should().Be(AgentErrorCode.Succeeded);

        File.ReadAllText(bundle.PathOf("environment")).Should().Contain("MY_OWN=seen").And.NotContain("OTHER=");
    }

    [Fact]
    public void An_env_file_is_taken_as_it_stands_and_env_lies_over_it()
    {
        using var bundle = Bundle.Create("""
            version: 1
            env_file: [app.env, { path: /nonexistent/app.env, optional: true }]
            hooks:
              AfterInstall:
                - run: echo "[$A] [$B] [${C:-unset}]"
                  env: { B: over, D: "${env.A}-${env.B}" }
                - run: echo "$D"
                  env: { D: "${env.A}!" }
            """);
        bundle.Write("app.env", "# settings\nexport A=\"one two\"\nB=$(touch /tmp/hookrunner-was-run)\n");

        var result = bundle.Under18("AfterInstall");

        result.AllLines.Should().Contain("[one two] [over] [unset]").And.Contain("one two!");
        File.Exists("/tmp/hookrunner-was-run").Should().BeFalse("nothing in an env_file is ever run");
    }

    [NeedsFact("root")]
    public void A_step_runs_as_its_user_with_that_users_home_and_groups()
    {
        using var bundle = Bundle.Create("""
            version: 1
            hooks:
              AfterInstall:
                - run: echo "$(id -un) $(id -G) $HOME $USER $LOGNAME"
                  user: www-data
                - run: echo "mask $(umask)" > /dev/stderr
                  user: www-data
            """);

        var result = bundle.Under18("AfterInstall");

        result.ErrorCode.Should().Be(AgentErrorCode.Succeeded, result.Text);
        result.AllLines.Should().Contain("www-data 33 /var/www www-data www-data").And.Contain("mask 0022");
    }

    [Fact]
    public void The_working_directory_is_the_bundle_and_the_root_where_the_previous_revision_runs()
    {
        using var bundle = Bundle.Create("""
            version: 1
            hooks: { AfterInstall: [{ run: pwd }], ApplicationStop: [{ run: pwd }] }
            """);

        bundle.Under18("AfterInstall").AllLines.Should().Contain(bundle.Archive);
        bundle.Under18("ApplicationStop").AllLines.Should().Contain("/");
    }
}
