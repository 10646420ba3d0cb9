using System.Text.Json;
using HookRunner.SystemTests.Support;

namespace HookRunner.SystemTests.Commands;

public sealed class PlanCommandSpecs : IDisposable
{
    private const string HookFile =
        """
        version: 1
        environments:
          production: { groups: ["Production-*"], vars: { workers: 8 } }
          staging: { groups: ["Staging-*"], vars: { workers: 2 } }
        roles:
          web: { groups: ["*-APP"] }
          job: { groups: ["*-JOB"] }
        defaults: { user: deploy }
        release: { link: /opt/app, staging: /opt/app-staging }
        hooks:
          BeforeInstall:
            - directory: { path: /etc/myapp, mode: 0750 }
          AfterInstall:
            - release: stage
            - name: Migrate
              exec: [bin/migrate, --workers, "${workers}", "${env.TOKEN}"]
              cwd: ${release.dir}
              only: { role: job }
              timeout: 20s
            - release: activate
          ApplicationStart:
            - script: scripts/start.sh
        rollback:
          - run: systemctl restart myapp
        """;

    private readonly Bundle _bundle = Bundle.Create(HookFile);

    public PlanCommandSpecs() => _bundle.Write("scripts/start.sh", "#!/bin/sh\n", "755");

    public void Dispose() => _bundle.Dispose();

    [Fact]
    public void A_plan_shows_what_would_run_and_what_would_not()
    {
        var result = Plan("AfterInstall", "--group", "Production-JOB");

        result.Status.Should().Be(0);
        result.Text.Should().StartWith($"AfterInstall: environment production, role job\ngroup Production-JOB, application deployment-archive, deployment <deployment>, bundle {_bundle.Archive}\n");
        result.Text.Should().Contain("steps end after 54s (appspec.yml: 60 s)\nlocks /opt/app\n");
        result.Text.Should().Contain(
            """
               2. Migrate
                  start bin/migrate --workers 8 <read when the step starts>
                  as deploy, in /opt/app-releases/<deployment>, at most 20s
            """);
        Plan("AfterInstall", "--group", "Production-APP").Text.Should().Contain("   -  Migrate\n      skipped: role is not job\n");
    }

    [Fact]
    public void Given_values_stand_in_for_what_is_read_later() =>
        Plan("AfterInstall", "-g", "Production-JOB", "--deployment", "d-1", "--set", "TOKEN=a=b").Text
            .Should().Contain("bin/migrate --workers 8 a=b").And.Contain("in /opt/app-releases/d-1");

    [Theory]
    [InlineData(new string[0], "BeforeInstall AfterInstall ApplicationStart")]
    [InlineData(new[] { "ApplicationStart", "BeforeInstall" }, "BeforeInstall ApplicationStart")]
    [InlineData(new[] { "ValidateService" }, "ValidateService")]
    [InlineData(new[] { "rollback" }, "rollback")]
    [InlineData(new[] { "--all" }, "BeforeBlockTraffic AfterBlockTraffic ApplicationStop BeforeInstall AfterInstall ApplicationStart ValidateService BeforeAllowTraffic AfterAllowTraffic")]
    public void Events_are_those_asked_for_or_those_with_steps(string[] asked, string events)
    {
        var result = Plan([.. asked, "--group", "Staging-APP", "--json"]);

        using var json = JsonDocument.Parse(result.Text);
        json.RootElement.EnumerateArray().Select(plan => plan.GetProperty("event").GetString()).Should().Equal(events.Split(' '));
    }

    [Fact]
    public void Two_groups_or_environments_are_compared()
    {
        var result = Plan("--diff", "production", "Staging-JOB");

        result.Status.Should().Be(0);
        result.Text.Should().StartWith(
            """
            variables: - Production-APP (production, web), + Staging-JOB (staging, job)
            -   workers=8
            +   workers=2
            AfterInstall: - Production-APP (production, web), + Staging-JOB (staging, job)
            """);
        result.Text.Should().Contain("-    -  Migrate\n").And.Contain("+       Migrate\n").And.NotContain("BeforeInstall:");
        Plan("--diff", "Staging-APP", "Staging-APP").Text.Should().Be("Staging-APP and Staging-APP do the same\n");
    }

    [Theory]
    [InlineData(new[] { "AfterInstal", "--group", "Production-APP" }, 2, "`AfterInstal` is no lifecycle event in which the agent runs scripts\n  did you mean `AfterInstall`?\n")]
    [InlineData(new[] { "--group", "Prod-APP" }, 3, "no environment takes deployment group `Prod-APP`")]
    [InlineData(new[] { "--group", "Production-APP", "--set", "workers=1" }, 3, "`--set workers`: `workers` is known before anything runs")]
    [InlineData(new[] { "--group", "Production-APP", "--set", "workers" }, 2, "`--set workers`: expected NAME=VALUE")]
    [InlineData(new[] { "--group", "Production-APP", "--diff", "a" }, 2, "--diff")]
    public void What_cannot_be_planned_is_told(string[] arguments, int status, string said)
    {
        var result = Plan(arguments);

        result.Status.Should().Be(status);
        result.Text.Should().Contain(said);
    }

    [Fact]
    public void Without_a_group_and_records_one_is_demanded()
    {
        var result = Plan("--state", _bundle.PathOf("nothing"));

        result.Should().Be(new Command.Result(2, "no deployment group is named, and none is recorded on this host\n  name it with --group\n"));
    }

    [Fact]
    public void Without_a_group_it_is_what_this_host_recorded_last()
    {
        using var bundle = Bundle.Create("version: 1\nhooks: { BeforeInstall: [{ run: \"true\" }], AfterInstall: [{ run: x }] }");
        Command.Run("/", "run", "BeforeInstall", "--bundle", bundle.Archive, "--group", "g1", "--application", "shop", "--deployment", "d-7").Status.Should().Be(0);

        var result = Command.Run("/", "plan", "AfterInstall", "--state", bundle.State);

        result.Status.Should().Be(0);
        result.Text.Should().StartWith($"as last recorded here: group g1, application shop, deployment d-7\n\nAfterInstall: environment g1\n");
        result.Text.Should().Contain($"group g1, application shop, deployment d-7, bundle {bundle.Archive}\n");
    }

    [Fact]
    public void A_source_that_the_bundle_lacks_is_told_before_anything_runs()
    {
        File.Delete(Path.Join(_bundle.Archive, "scripts", "start.sh"));

        var result = Plan("--group", "Production-APP");

        result.Status.Should().Be(3);
        result.Text.Should().Contain("hookrunner.yml:22:15: error: the bundle holds no `scripts/start.sh`, which `script` names");
    }

    [SkippableFact]
    public void A_plan_touches_nothing()
    {
        Skip.IfNot(File.Exists("/usr/bin/strace"), "strace is not installed");
        var trace = _bundle.PathOf("trace");

        var status = Tracing.Run(trace, ["plan", "--bundle", _bundle.Archive, "--group", "Production-JOB"]);

        status.Should().Be(0);
        Tracing.Changes(trace).Should().BeEmpty();
        Directory.Exists(_bundle.State).Should().BeFalse();
    }

    private Command.Result Plan(params string[] arguments) => Command.Run("/", ["plan", "--bundle", _bundle.Archive, .. arguments]);
}
