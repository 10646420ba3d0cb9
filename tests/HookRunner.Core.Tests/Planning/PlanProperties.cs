using CsCheck;
using HookRunner.Core.Diagnostics;
using HookRunner.Core.Planning;
using HookRunner.Core.Planning.Views;
using HookRunner.Core.Steps;
using HookRunner.Core.Values;

namespace HookRunner.Core.Tests.Planning;

/// <summary>What holds of every plan, over files made up of sound pieces.</summary>
public class PlanProperties
{
    private static readonly string[] Words =
    [
        "plain", "${a}", "${b}-x", "${environment}", "${env.X}", "${instance.tag.Name}", "${release.dir}/y", "$${a}", "${late}", "${roles}",
    ];

    private static readonly string[] Selectors =
    [
        "", ", only: { role: web }", ", only: { role: job }", ", except: { environment: production }", ", only: { event: [AfterInstall, BeforeInstall] }",
    ];

    private static readonly string[] Policies =
    [
        "", ", timeout: 5s", ", retry: 3", ", allow_failure: true", ", unless: first_release", ", when: { exists: \"${env.X}\" }", ", env: { K: \"${late}\" }", ", cwd: \"/w/${env.X}\"",
    ];

    private static readonly Gen<string> Step = Gen.Select(One(Words), One(Words), One(Selectors), One(Policies))
        .Select((first, second, selector, policy) => $"{{ exec: [p, \"{first}\", \"{second}\"]{selector}{policy} }}");

    private static readonly Gen<string> Node = Gen.Frequency(
        (5, Step),
        (1, Gen.Select(Step, One(Selectors)).Select((step, selector) => $"{{ steps: [{step}], timeout: 1m{selector} }}")),
        (1, One(Selectors).Select(selector => $"{{ use: list, env: {{ U: \"${{late}}\" }}{selector} }}")));

    private static readonly Gen<string> File = Gen.Select(Node.Array[1, 8], Node.Array[0, 3], Step.Array[0, 3]).Select((steps, always, list) =>
        $$"""
        version: 1
        vars: { a: "1${b}", b: "2", late: "${instance.id}/${env.Y}" }
        env: { E: "${late}" }
        environments: { production: { groups: ["Production-*"], env: { F: x } }, staging: { default: true } }
        roles: { web: { groups: ["*-APP"] }, job: { groups: ["*-JOB"] } }
        release: { link: /opt/app, staging: /s }
        steps: { list: [{{string.Join(", ", list)}}] }
        hooks: { AfterInstall: [{{string.Join(", ", steps)}}] }
        always: [{{string.Join(", ", always)}}]
        """);

    private static readonly Gen<string> Group = One("Production-APP", "Production-JOB", "x-APP");

    private static readonly (string, string)[] Late =
        [("env.X", "vx"), ("env.Y", "vy"), ("instance.id", "i-1"), ("instance.tag.Name", "tag"), ("release.dir", "/r")];

    [Fact]
    public void A_bound_step_has_nothing_open() =>
        Gen.Select(File, Group).Sample((file, group) =>
        {
            foreach (var step in Planned.Of(file, group).AllSteps)
            {
                var diagnostics = new DiagnosticBag();
                var bound = step.Bind(new Planned.LateValues(Late), diagnostics);

                diagnostics.Sorted().Should().BeEmpty();
                Open(bound!).Should().BeEmpty();
                (bound!.Number, bound.Name, bound.Kind, bound.Location).Should().Be((step.Number, step.Name, step.Kind, step.Location));
            }
        }, iter: 200);

    [Fact]
    public void A_plan_holds_no_open_name_but_late_ones() =>
        Gen.Select(File, Group).Sample((file, group) =>
            Planned.Of(file, group).AllSteps.SelectMany(Open).All(name => Late.Any(pair => pair.Item1 == name)), iter: 200);

    [Fact]
    public void The_same_file_makes_the_same_plan() =>
        Gen.Select(File, Group).Sample((file, group) =>
            PlanText.Lines(Planned.Of(file, group), null).SequenceEqual(PlanText.Lines(Planned.Of(file, group), null)), iter: 100);

    [Fact]
    public void Steps_are_numbered_from_one_without_gaps_and_what_is_left_out_is_told() =>
        Gen.Select(File, Group).Sample((file, group) =>
        {
            var plan = Planned.Of(file, group);

            plan.Steps.SelectMany(node => node.Flatten()).Select(step => step.Number).Should().Equal(Enumerable.Range(1, plan.Steps.Sum(node => node.Flatten().Count())));
            plan.Steps.Where(node => node.LeftOut is not null).All(node => !node.Flatten().Any() && node.Name.Length > 0).Should().BeTrue();
        }, iter: 200);

    [Fact]
    public void Giving_late_values_when_planning_or_when_binding_makes_the_same_step() =>
        Gen.Select(File, Group).Sample((file, group) =>
        {
            var bound = Planned.Of(file, group).AllSteps.Select(step => step.Bind(new Planned.LateValues(Late), new DiagnosticBag())!.Action.Describe());
            var given = Planned.Of(file, group, set: Late).AllSteps.Select(step => step.Action.Describe());

            return bound.SequenceEqual(given);
        }, iter: 100);

    [Fact]
    public void Laying_a_layer_over_itself_changes_nothing_and_the_empty_one_never_does() =>
        Gen.Select(One("A", "B", "C").Array[0, 4], One("A", "B", "C").Array[0, 4]).Sample((lower, upper) =>
        {
            var (low, high) = (Layer(lower, "low"), Layer(upper, "high"));
            var merged = Shown(StepKeys.Empty.With(low, new DiagnosticBag()).With(high, new DiagnosticBag()));

            return merged == Shown(StepKeys.Empty.With(low, new DiagnosticBag()).With(high, new DiagnosticBag()).With(high, new DiagnosticBag()))
                && merged == Shown(StepKeys.Empty.With(low, new DiagnosticBag()).With(Core.Language.Layer.Empty, new DiagnosticBag()).With(high, new DiagnosticBag()))
                && upper.All(name => merged.Contains($"{name}=high", StringComparison.Ordinal))
                && lower.Except(upper).All(name => merged.Contains($"{name}=low", StringComparison.Ordinal));
        });

    private static Gen<string> One(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(index => texts[index]);

    private static Core.Language.Layer Layer(string[] names, string value) => new()
    {
        Environment = [.. names.Distinct().Select(name => new Core.Language.VariableDeclaration(SourceLocation.Nowhere, name, Template.Literal(value, SourceLocation.Nowhere)))],
    };

    private static string Shown(StepKeys keys) => string.Join(' ', keys.Environment.Select(item => $"{item.Name}={item.Value.Text}"));

    private static IEnumerable<string> Open(PlannedStep step)
    {
        var action = (TestAction)step.Action;
        IEnumerable<Template> templates =
        [
            .. action.Values,
            .. (action.Command as CommandText.Program)?.Words ?? [],
            .. step.Program.Environment.Select(item => item.Value),
            .. step.LateVariables.Select(item => item.Value),
            .. step.When.OfType<Condition.Exists>().Select(condition => condition.Path),
            .. new[] { step.Program.User, step.Program.WorkingDirectory }.OfType<Template>(),
        ];
        return templates.SelectMany(template => template.Variables);
    }
}
