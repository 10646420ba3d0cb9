using System.Text;
using HookRunner.Core.Deployment;
using HookRunner.Core.Language;
using HookRunner.Core.Planning;

namespace HookRunner.Core.Tests.Planning;

public class ExpansionSpecs
{
    [Fact]
    public void Lists_and_groups_open_in_place_and_steps_count_through()
    {
        var plan = Planned.Of(
            """
            version: 1
            steps:
              restart:
                - run: one
                - { steps: [{ run: two }], name: inner }
            hooks:
              AfterInstall:
                - run: zero
                - use: restart
                  timeout: 1m
                  allow_failure: true
                  when: { exists: /a }
                - use: restart
                  name: again
            on_failure:
              - run: undo
            """);

        plan.AllSteps.Select(step => $"{step.Number} {step.Name}").Should().Equal("1 run zero", "2 run one", "3 run two", "4 run one", "5 run two", "1 run undo");
        plan.Steps.Select(node => node.Name).Should().Equal("run zero", "use restart", "again");
        var group = plan.Steps[1].Should().BeOfType<PlannedGroup>().Subject;
        (group.Timeout, group.AllowFailure, group.When.Single().ToString()).Should().Be((TimeSpan.FromMinutes(1), true, "/a exists"));
        group.Flatten().Select(step => (step.Timeout, step.AllowFailure, step.When.Length)).Should().AllBeEquivalentTo((default(TimeSpan?), false, 0));
        group.Children[1].Name.Should().Be("inner");
    }

    [Theory]
    [InlineData("steps: { a: [{ use: b }], b: [{ use: a }] }")]
    [InlineData("steps: { a: [{ steps: [{ use: a }] }] }")]
    public void Lists_that_use_each_other_end_in_a_mistake(string steps)
    {
        var diagnostics = new Diagnostics.DiagnosticBag();
        var text = $"version: 1\n{steps}\nhooks: {{ AfterInstall: [{{ use: a }}] }}";
        var file = HookFileReader.Load("hookrunner.yml", Encoding.UTF8.GetBytes(text), TestAction.Kinds, new Diagnostics.DiagnosticBag())!;

        Planner.Resolve(file, Planned.Deployment, LifecycleEvent.AfterInstall, PlanOptions.Default, diagnostics).Should().BeNull();

        diagnostics.Sorted().Should().ContainSingle().Which.Message.Should().StartWith("lists that use each other: `a` ->");
    }

    [Fact]
    public void Lists_that_double_each_other_end_in_a_mistake_soon()
    {
        var lists = string.Join(", ", Enumerable.Range(0, 40).Select(i => $"l{i}: [{{ use: l{i + 1} }}, {{ use: l{i + 1} }}]"));

        var said = Planned.Said($"version: 1\nsteps: {{ {lists}, l40: [{{ run: x }}] }}\nhooks: {{ AfterInstall: [{{ use: l0 }}] }}");

        said.Should().ContainSingle().Which.Should().Contain("more than 5000 steps and lists");
    }

    [Theory]
    [InlineData("run: echo a", "run echo a")]
    [InlineData("run: \"  \\n echo a \\n echo b\"", "run echo a...")]
    [InlineData("exec: [echo, \"${environment}\"]", "exec echo Production-APP")]
    [InlineData("exec: [echo, \"${env.HOME}\"]", "exec echo <read when the step starts>")]
    [InlineData("run: aaaaaaaaa bbbbbbbbb ccccccccc ddddddddd eeeeeeeee fffffffff g", "run aaaaaaaaa bbbbbbbbb ccccccccc ddddddddd eeeeeeeee fff...")]
    [InlineData("run: a, name: \"on ${environment} and ${env.X}\"", "on Production-APP and <read when the step starts>")]
    [InlineData("release: stage", "release stage")]
    public void A_step_without_a_name_is_named_by_its_kind_and_main_value(string step, string name) =>
        Planned.Of($"version: 1\nrelease: {{ link: /opt/app, staging: /s }}\nhooks: {{ AfterInstall: [{{ {step} }}] }}")
            .AllSteps.Single().Name.Should().Be(name);

    [Fact]
    public void The_links_of_a_plan_are_those_of_its_steps_and_the_releases_where_a_release_step_is_in()
    {
        const string file =
            """
            version: 1
            release: { link: /opt/app, staging: /s }
            hooks:
              AfterInstall:
                - link: { path: /srv/z, to: /a }
                - link: { path: /srv/a/, to: /a }
                - link: { path: /srv/z, to: /b }
                - link: { path: /srv/out, to: /b }
                  only: { event: ApplicationStart }
              ApplicationStart:
                - run: x
            on_failure: [{ release: rollback }]
            """;

        Planned.Of(file).Links.Should().Equal("/opt/app", "/srv/a/", "/srv/z");
        Planned.Of(file.Replace("on_failure", "rollback", StringComparison.Ordinal)).Links.Should().Equal("/srv/a/", "/srv/z");
    }

    [Fact]
    public void A_link_whose_path_is_late_is_refused() =>
        Planned.Said("version: 1\nhooks: { AfterInstall: [{ link: { path: \"/srv/${env.X}\", to: /a } }] }").Should().ContainSingle()
            .Which.Should().StartWith("2:41 the path of a link rests on `${env.X}`, which is known only when the step starts");

    [Fact]
    public void All_events_are_planned_together_and_all_mistakes_told()
    {
        var file = Planned.File(
            """
            version: 1
            environments: { production: { groups: ["Production-*"] }, staging: { groups: [s], vars: { x: 1, y: 2 } } }
            hooks:
              BeforeInstall: [{ exec: [a, "${x}"] }]
              ValidateService: [{ exec: [a, "${y}"] }]
            """);
        var diagnostics = new Diagnostics.DiagnosticBag();

        Planner.ResolveAll(file, Planned.Deployment, PlanOptions.Default, diagnostics).Should().BeNull();

        diagnostics.Sorted().Select(found => found.Location.Line).Should().Equal(4, 5);
        Planner.ResolveAll(file, Planned.Deployment with { Group = "s" }, PlanOptions.Default, new Diagnostics.DiagnosticBag())!.Value
            .Select(plan => plan.Event).Should().Equal(LifecycleEvents.All);
    }
}
