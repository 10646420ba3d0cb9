using HookRunner.Core.Language;
using HookRunner.Core.Steps;
using HookRunner.Core.Yaml;

namespace HookRunner.SystemTests.Ported;

/// <summary>How much of what real scripts did still needs text for a shell.</summary>
public class PortedShareSpecs
{
    /// <summary>
    /// Of each bundle: the commands that the scripts it was ported from had, counted by hand (each command of a pipe is one;
    /// echo, exit, cd, set, export, source, tests and assignments are none), and how many of them stand under `run:` now.
    /// </summary>
    private static readonly Dictionary<string, (int Commands, int InText)> Counted = new()
    {
        ["compose-file-per-group"] = (6, 0),
        ["compose-registry-scaled"] = (26, 0),
        ["compose-stack-migrations"] = (21, 0),
        ["container-registry-parameters"] = (23, 0),
        ["django-virtualenv-background"] = (24, 0),
        ["docker-build-per-group"] = (14, 0),
        ["go-systemd-assets"] = (13, 0),
        ["laravel-release-s3-settings"] = (14, 0),
        ["node-forever-host-setup"] = (25, 0),
        ["node-forever-roles"] = (13, 0),
        ["node-pm2-nginx-releases"] = (10, 0),
        ["php-nginx-packages"] = (29, 0),
        ["rails-daemon"] = (6, 0),
        ["spring-boot-init-script"] = (12, 0),
    };

    [Fact]
    public void Each_bundle_was_counted() => Counted.Keys.Order(StringComparer.Ordinal).Should().Equal(PortedBundle.Names);

    [Fact]
    public void At_most_one_step_in_twenty_is_text_for_a_shell()
    {
        var steps = PortedBundle.Names.SelectMany(name => PortedBundle.Steps(name)).ToList();

        steps.Should().HaveCountGreaterThan(100);
        steps.Count(IsText).Should().BeLessThanOrEqualTo(steps.Count / 20);
    }

    [Fact]
    public void At_most_one_command_in_twenty_needed_it() =>
        Counted.Sum(bundle => Math.Max(bundle.Value.InText, Texts(bundle.Key))).Should().BeLessThanOrEqualTo(Counted.Values.Sum(count => count.Commands) / 20);

    [Fact]
    public void A_bundle_has_text_for_a_shell_where_the_count_says_so_and_nowhere_else() =>
        PortedBundle.Names.Where(name => Texts(name) > 0)
            .Should().Equal(Counted.Where(count => count.Value.InText > 0).Select(count => count.Key).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("run: a", true)]
    [InlineData("script: a.sh", true)]
    [InlineData("exec: [bash, -c, a]", true)]
    [InlineData("exec: [/bin/sh, -ec, a]", true)]
    [InlineData("background: { command: a, log: /b }", true)]
    [InlineData("service: { restart: a, validate: b }", true)]
    [InlineData("exec: [a]\n      when: { run: b }", true)]
    [InlineData("exec: [a]\n      unless: { run: [b] }", false)]
    [InlineData("exec: [a, -c, b]", false)]
    [InlineData("exec: [bash, a.sh]", false)]
    [InlineData("service: { restart: a, validate: [b] }", false)]
    public void Text_for_a_shell_is_found_wherever_it_stands(string step, bool isText) =>
        PortedBundle.StepsOf($"version: 1\nhooks:\n  AfterInstall:\n    - {step}\n").Should().ContainSingle().Which.Should().Match<StepDeclaration>(found => IsText(found) == isText);

    private static int Texts(string bundle) => PortedBundle.Steps(bundle).Count(IsText);

    /// <summary>A `run` or `script`, a command of another key that is no list, or a list that gives a shell its text.</summary>
    private static bool IsText(StepDeclaration step) => step.Kind!.Name is "run" or "script" || Commands(step).Any(IsText);

    private static bool IsText(YamlNode command) => command is not YamlList list
        || (list.Items.OfType<YamlScalar>().Select(word => word.Text).ToList() is [var program, ['-', .., 'c'], ..]
            && Path.GetFileName(program) is "sh" or "bash" or "dash");

    private static IEnumerable<YamlNode> Commands(StepDeclaration step)
    {
        YamlNode?[] nodes =
        [
            step.Kind!.Name == "exec" ? step.Value : null,
            .. step.Kind.Keys.Where(key => key.Shape == ValueShape.Command).Select(key => (step.Value as YamlMap)?[key.Name]),
            (step.Body["when"] as YamlMap)?["run"],
            (step.Body["unless"] as YamlMap)?["run"],
        ];
        return nodes.OfType<YamlNode>();
    }
}
