using System.Text.Json;
using HookRunner.Core.Deployment;
using HookRunner.Core.Planning;
using HookRunner.Core.Planning.Views;

namespace HookRunner.Core.Tests.Planning;

public class PlanTextSpecs
{
    private static string Whole { get; } = Fixture("whole.yml");

    [Theory]
    [InlineData("Production-APP", "AfterInstall", "production-app-after-install")]
    [InlineData("Production-JOB", "AfterInstall", "production-job-after-install")]
    [InlineData("Staging-APP", "ValidateService", "staging-app-validate-service")]
    [InlineData("Production-APP", "ApplicationStop", "production-app-application-stop")]
    [InlineData("Production-APP", "BeforeAllowTraffic", "production-app-before-allow-traffic")]
    public void The_whole_language_as_a_plan(string group, string item, string golden)
    {
        var plan = Plan(group, item);

        var text = string.Concat(PlanText.Lines(plan, new EventTime(TimeSpan.FromSeconds(300), "appspec.yml: 300 s", true)).Select(line => line + "\n"));

        text.Should().Be(Fixture(golden + ".txt"));
    }

    [Fact]
    public void Two_groups_are_compared_step_by_step()
    {
        var lines = PlanDifference.Lines(Plan("Production-APP", "AfterInstall"), Plan("Production-JOB", "AfterInstall"));

        string.Join('\n', lines).Should().Be(
            """
            AfterInstall: - Production-APP (production, web), + Production-JOB (production, job)
              ...
                    path /opt/node/bin
            -    -  Migrate
            -       skipped: role is not job
            +       Migrate
            +       exec bin/rails db:migrate
            +       as deploy, in /opt/app-releases/d-ABC, at most 10m
            +       env RAILS_ENV=production
            +       path /opt/node/bin
                    release activate
              ...
                    unless this is the first release
            -         service myapp
            -         service myapp
            -      -  service myapp-worker
            -         skipped: role is not job
            +      -  service myapp
            +         skipped: role is not web
            +         service myapp-worker
            +         service myapp-worker myapp-clock
              always, at the end:
              ...
            """);
        PlanDifference.Lines(Plan("Production-APP", "BeforeInstall"), Plan("Production-X-APP", "BeforeInstall")).Should().BeEmpty();
    }

    [Fact]
    public void The_plan_for_programs_says_the_same()
    {
        var plan = Plan("Production-APP", "AfterInstall");

        using var json = JsonDocument.Parse(PlanJson.Of([(plan, null)]));

        var root = json.RootElement[0];
        root.GetProperty("environment").GetString().Should().Be("production");
        root.GetProperty("links").EnumerateArray().Select(item => item.GetString()).Should().Equal("/opt/app");
        root.GetProperty("variables").GetProperty("workers").GetString().Should().Be("8");
        var steps = root.GetProperty("steps").EnumerateArray().ToList();
        steps.Select(step => step.GetProperty("name").GetString()).Should().Equal("release stage", "Install gems", "Migrate", "release activate");
        steps[1].GetProperty("user").GetString().Should().Be("deploy");
        steps[1].GetProperty("cwd").GetString().Should().Be("/opt/app-releases/d-ABC");
        steps[1].GetProperty("attempts").GetInt32().Should().Be(3);
        steps[1].GetProperty("where").GetString().Should().StartWith("hookrunner.yml:");
        steps[2].GetProperty("skipped").GetString().Should().Be("role is not job");
    }

    [Fact]
    public void Masked_names_and_control_bytes_are_not_shown()
    {
        var plan = Planned.Of("version: 1\nmask: [\"*_TOKEN\"]\nhooks: { AfterInstall: [{ run: \"a\\e[2Jb\\nc\", env: { API_TOKEN: hunter2, HOST: h, URL: \"http://u:hunter2@h\" } }] }");

        var text = string.Join('\n', PlanText.Lines(plan, null));

        text.Should().Contain("API_TOKEN=***, HOST=h, URL=http://u:***@h").And.NotContain("hunter2");
        text.Should().Contain("a\\u001b[2Jb\\nc").And.NotContain("\u001b");
    }

    private static string Fixture(string name) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Planning", "Fixtures", name));

    private static ExecutionPlan Plan(string group, string item)
    {
        var diagnostics = new Diagnostics.DiagnosticBag();
        var options = new PlanOptions { AssumesReleaseDirectory = true };
        var plan = Planner.Resolve(Planned.File(Whole), Planned.Deployment with { Group = group }, LifecycleEvents.Parse(item)!.Value, options, diagnostics);
        diagnostics.Sorted().Should().BeEmpty();
        return plan!;
    }
}
