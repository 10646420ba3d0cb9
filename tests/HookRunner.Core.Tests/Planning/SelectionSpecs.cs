using HookRunner.Core.Deployment;

namespace HookRunner.Core.Tests.Planning;

public class SelectionSpecs
{
    [Theory]
    [InlineData("only: { environment: production }", null)]
    [InlineData("only: { environment: staging }", "environment is not staging")]
    [InlineData("only: { environment: [staging, sandbox] }", "environment is not staging or sandbox")]
    [InlineData("only: { environment: [staging, production] }", null)]
    [InlineData("only: { role: job }", "role is not job")]
    [InlineData("only: { role: web }", null)]
    [InlineData("only: { role: [job, all] }", null)]
    [InlineData("only: { role: web, environment: staging }", "environment is not staging")]
    [InlineData("only: { role: job, environment: production }", "role is not job")]
    [InlineData("only: { group: \"Production-*\" }", null)]
    [InlineData("only: { group: [\"*-JOB\", s] }", "group is not *-JOB or s")]
    [InlineData("only: { event: AfterInstall }", null)]
    [InlineData("only: { event: [ApplicationStart, ValidateService] }", "event is not ApplicationStart or ValidateService")]
    [InlineData("except: { environment: production }", "environment is production")]
    [InlineData("except: { environment: staging }", null)]
    [InlineData("except: { role: [job, all] }", "role is all")]
    [InlineData("except: { role: web, event: ApplicationStart }", null)]
    [InlineData("except: { role: web, event: [ApplicationStart, AfterInstall] }", "role is web and event is AfterInstall")]
    [InlineData("except: { group: \"*-APP\" }", "group is Production-APP")]
    [InlineData("only: { role: web }, except: { environment: production }", "environment is production")]
    [InlineData("only: { role: job }, except: { environment: production }", "environment is production")]
    public void Only_and_except_leave_a_step_out_with_the_reason(string selector, string? reason)
    {
        foreach (var step in new[] { $"run: x, {selector}", $"use: list, {selector}", $"steps: [{{ run: x }}], {selector}" })
        {
            var plan = Planned.Of(
                $$"""
                version: 1
                environments:
                  production: { groups: ["Production-*"] }
                  staging: { groups: [s] }
                  sandbox: { groups: [sb] }
                roles:
                  web: { groups: ["*-APP"] }
                  job: { groups: ["*-JOB", s] }
                  all: { groups: ["*"] }
                steps:
                  list: [{ run: x }]
                hooks:
                  AfterInstall: [{ {{step}} }, { run: y }]
                """);

            plan.Steps[0].LeftOut.Should().Be(reason);
            plan.AllSteps.Select(item => (item.Number, item.Name)).Should().Equal(reason is null ? [(1, "run x"), (2, "run y")] : [(1, "run y")]);
        }
    }

    [Fact]
    public void What_is_left_out_asks_nothing_and_still_has_its_name()
    {
        var plan = Planned.Of(
            """
            version: 1
            environments:
              production: { groups: ["Production-*"], vars: { port: 1 } }
              staging: { groups: [s], vars: { queue: 1 } }
            release: { link: /opt/app, staging: /s }
            hooks:
              BeforeInstall:
                - exec: [work, "${queue}"]
                  only: { environment: staging }
                - run: ls $HOOKRUNNER_VAR_PORT
                  cwd: ${release.dir}
                  except: { event: BeforeInstall }
                - http: "http://127.0.0.1:${port}"
                  only: { environment: staging }
                - { use: list, only: { environment: staging } }
            steps: { list: [{ exec: ["${queue}"] }] }
            """, item: LifecycleEvent.BeforeInstall);

        plan.AllSteps.Should().BeEmpty();
        plan.Steps.Select(node => $"{node.Name}: {node.LeftOut}").Should().Equal(
            "exec: environment is not staging",
            "run ls $HOOKRUNNER_VAR_PORT: event is BeforeInstall",
            "http http://127.0.0.1:1: environment is not staging",
            "use list: environment is not staging");
    }
}
