using System.Text.Json;
using HookRunner.Core.Deployment;
using HookRunner.Core.Planning.Views;

namespace HookRunner.Core.Tests.Planning;

public class PlanWordsSpecs
{
    [Theory]
    [InlineData("run: x", "")]
    [InlineData("run: x, user: deploy", "as deploy")]
    [InlineData("run: x, cwd: /srv, umask: \"027\", limits: { nofile: 9 }, login: true", "in /srv, umask 027, at most 9 open files, in a login shell")]
    [InlineData("run: x, timeout: 90s, allow_failure: true", "at most 1m30s, a failure is a warning")]
    [InlineData("run: x, retry: 3", "3 attempts, 1s apart")]
    [InlineData("run: x, retry: { attempts: 4, delay: 2s, backoff: exponential, max_delay: 1m, jitter: true, on_exit: [1, 75] }",
        "4 attempts, 2s apart, then twice as long each time, never above 1m, spread at random, only after exit 1 or 75")]
    [InlineData("run: x, capture: OUT", "its output becomes $OUT")]
    [InlineData("run: x, capture: OUT, secret: true", "its output becomes $OUT, masked")]
    [InlineData("run: x, env: { A: a, PASS: b }", "env A=a, PASS=***")]
    [InlineData("run: x, env_file: [a.env, { path: b.env, optional: true, secret: true }]", "env_file a.env, b.env (where it is there) (secret)")]
    [InlineData("run: x, path: [/a, /b], source: [c.sh]", "path /a, /b | source c.sh")]
    [InlineData("run: x, inherit_env: true", "inherit_env everything")]
    [InlineData("run: x, inherit_env: [A, B_*]", "inherit_env A, B_*")]
    [InlineData("run: x, when: { exists: /a }, unless: first_release", "when /a exists, unless this is the first release")]
    [InlineData("directory: { path: /a }, timeout: 1s", "at most 1s")]
    public void Each_word_of_policy_is_told(string step, string expected)
    {
        var lines = PlanText.Body(Planned.Of($"version: 1\nmask: PASS\nhooks: {{ AfterInstall: [{{ {step} }}] }}"));

        string.Join(" | ", lines.Skip(2).Select(line => line.Trim())).Should().Be(expected);
    }

    [Fact]
    public void A_default_user_is_told_only_where_a_program_is_started()
    {
        var text = string.Join('\n', PlanText.Body(Planned.Of(
            "version: 1\ndefaults: { user: deploy }\nhooks: { AfterInstall: [{ directory: { path: /a } }, { directory: { path: /a }, when: { run: x } }] }")));

        text.Split("as deploy").Should().HaveCount(2);
    }

    [Fact]
    public void A_list_is_told_with_its_own_bounds()
    {
        var lines = PlanText.Body(Planned.Of(
            "version: 1\nhooks: { AfterInstall: [{ steps: [{ run: x }], name: both, timeout: 1m, allow_failure: true, unless: { unit: a } }] }"));

        lines.Should().Equal(
            "  both:",
            "      at most 1m, a failure is a warning",
            "      unless unit a is known",
            "        run x",
            "        run x");
    }

    [Fact]
    public void Programs_get_lists_bounds_and_masked_values_too()
    {
        var plan = Planned.Of(
            """
            version: 1
            mask: [SECRET_*, token]
            vars: { token: hunter2 }
            hooks:
              AfterInstall:
                steps:
                  - { steps: [{ exec: [x, "${token}"], env: { SECRET_A: hunter2, B: b }, capture: OUT }], name: both, timeout: 1m }
                timeout: 30s
            always: [{ run: y, allow_failure: true, when: { exists: /a } }]
            """);

        var text = PlanJson.Of([(plan, new EventTime(TimeSpan.FromSeconds(100), "", true))]);
        using var json = JsonDocument.Parse(text);

        System.Text.Encoding.UTF8.GetString(text.Span).Should().NotContain("hunter2");
        var root = json.RootElement[0];
        (root.GetProperty("steps_end_after_seconds").GetDouble(), root.GetProperty("lists_end_after_seconds").GetDouble()).Should().Be((24, 30));
        var group = root.GetProperty("steps")[0];
        (group.GetProperty("name").GetString(), group.GetProperty("timeout").GetString()).Should().Be(("both", "1m"));
        var inner = group.GetProperty("steps")[0];
        (inner.GetProperty("capture").GetString(), inner.GetProperty("env").GetProperty("B").GetString()).Should().Be(("OUT", "b"));
        var last = root.GetProperty("always")[0];
        (last.GetProperty("allow_failure").GetBoolean(), last.GetProperty("when")[0].GetString()).Should().Be((true, "/a exists"));
    }
}
