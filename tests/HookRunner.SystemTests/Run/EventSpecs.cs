using HookRunner.SystemTests.Support;

namespace HookRunner.SystemTests.Run;

/// <summary>One event from start to exit, under either agent.</summary>
public class EventSpecs
{
    public static TheoryData<string> Both => Agents.Both;

    [Theory, MemberData(nameof(Both))]
    public void Steps_run_in_order_and_each_is_told_with_its_time(string version)
    {
        using var bundle = Bundle.Create("""
            version: 1
            hooks:
              AfterInstall:
                - run: echo one
                - name: Two
                  exec: [echo, "two  words"]
                - script: deploy.sh
            """);
        bundle.Write("deploy.sh", "#!/bin/sh\necho three $0 | sed 's:.*/::'\n");

        var result = Agents.Of(version).Run(bundle.Call("AfterInstall"));

        result.ErrorCode.Should().Be(AgentErrorCode.Succeeded, result.Text);
        result.Text.Should().MatchRegex(@"(?s)\[1/3\] run echo one\none\n\[2/3\] Two\ntwo  words\n\[3/3\] script deploy.sh\n");
        result.AllLines.Should().ContainMatch("  1 ok * s  run echo one").And.ContainMatch("AfterInstall done in * s: 3 steps");
    }

    [Theory, MemberData(nameof(Both))]
    public void The_first_failure_ends_the_event_and_the_digest_is_whole_in_the_window(string version)
    {
        using var bundle = Bundle.Create("""
            version: 1
            hooks:
              ApplicationStart:
                - run: |
                    for i in $(seq 2000); do echo "line $i of many that push everything else out of the window"; done
                    echo "bind: Address already in use" >&2
                    exit 7
                - run: touch @ROOT@/never
            """);

        var result = Agents.Of(version).Run(bundle.Call("ApplicationStart"));

        result.ErrorCode.Should().Be(AgentErrorCode.Failed);
        result.Exit.Should().Be(new HookExit(1, null));
        File.Exists(bundle.PathOf("never")).Should().BeFalse();
        foreach (var part in new[]
        {
            "ApplicationStart failed at step 1 of 2: run for i in",
            "exit status 7, after ",
            $"environment Staging-APP, group Staging-APP, deployment {bundle.DeploymentId}",
            "| bind: Address already in use",
            "hint: the port is in use",
            "whole output: ",
        })
        {
            result.Log.Should().Contain(part);
        }
    }

    [Fact]
    public void On_failure_and_always_run_after_a_failure_and_know_of_it()
    {
        using var bundle = Bundle.Create("""
            version: 1
            hooks:
              AfterInstall:
                - name: Breaks
                  run: exit 3
            on_failure:
              - run: echo "undo $HOOKRUNNER_RESULT $HOOKRUNNER_FAILED_STEP"
            always:
              - run: exit 4
                allow_failure: true
              - run: echo "always $HOOKRUNNER_RESULT"
            """);

        var result = bundle.Under18("AfterInstall");

        result.AllLines.Should().Contain("undo failed Breaks").And.Contain("always failed");
        result.Log.Should().Contain("AfterInstall failed at step 1 of 1: Breaks");
        result.Log.Should().MatchRegex("on_failure: run echo .* ok");
    }

    [Fact]
    public void Without_a_failure_only_always_runs()
    {
        using var bundle = Bundle.Create("""
            version: 1
            hooks: { AfterInstall: [{ run: "true" }] }
            on_failure: [{ run: echo undone }]
            always: [{ run: echo "$HOOKRUNNER_RESULT then" }]
            """);

        var result = bundle.Under18("AfterInstall");

        result.ErrorCode.Should().Be(AgentErrorCode.Succeeded, result.Text);
        result.AllLines.Should().Contain("ok then").And.NotContain("undone");
    }

    [Fact]
    public void A_failing_step_of_always_fails_the_event()
    {
        using var bundle = Bundle.Create("""
            version: 1
            hooks: { AfterInstall: [{ run: "true" }] }
            always: [{ run: exit 9 }, { run: echo still }]
            """);

        var result = bundle.Under18("AfterInstall");

        result.Exit.Should().Be(new HookExit(1, null));
        result.AllLines.Should().Contain("still", "always runs all its steps");
        result.Log.Should().Contain("AfterInstall failed in always: run exit 9");
    }

    [Fact]
    public void An_event_without_steps_is_one_line_and_leaves_nothing()
    {
        using var bundle = Bundle.Create("version: 1\nhooks: { AfterInstall: [{ run: 'true' }] }\n");

        var result = bundle.Under18("BeforeInstall");

        result.ErrorCode.Should().Be(AgentErrorCode.Succeeded);
        result.AllLines.Should().ContainSingle().Which.Should().StartWith("BeforeInstall: no steps");
        Directory.Exists(bundle.State).Should().BeFalse();
    }

    [Fact]
    public void A_step_is_tried_again_as_its_retry_says()
    {
        using var bundle = Bundle.Create("""
            version: 1
            hooks:
              AfterInstall:
                - run: echo x >> @ROOT@/tries; [ "$(wc -l < @ROOT@/tries)" -ge 3 ]
                  retry: { attempts: 4, delay: 10ms }
                - run: echo x >> @ROOT@/others; exit 5
                  retry: { attempts: 4, delay: 10ms, on_exit: [6] }
            """);

        var result = bundle.Under18("AfterInstall");

        File.ReadAllLines(bundle.PathOf("tries")).Should().HaveCount(3);
        File.ReadAllLines(bundle.PathOf("others")).Should().HaveCount(1, "5 is not among on_exit");
        result.Log.Should().Contain("failed at step 2 of 2");
    }

    [Fact]
    public void Conditions_skip_steps_and_say_why()
    {
        using var bundle = Bundle.Create("""
            version: 1
            environments:
              staging: { groups: ["Staging-*"] }
              production: { default: true }
            roles:
              web: { groups: ["*-APP"] }
              job: { groups: ["*-JOB"] }
            hooks:
              AfterInstall:
                - { run: echo production only, only: { environment: production } }
                - { run: echo job only, only: { role: job } }
                - { run: echo here, when: { exists: @ROOT@ } }
                - { run: echo not here, when: { exists: @ROOT@/nothing } }
                - { run: echo no such program, when: { program: no-such-program } }
                - { run: echo unless root, unless: { user: root } }
            """);

        var result = bundle.Under18("AfterInstall");

        result.AllLines.Should().Contain("here").And.NotContain("not here").And.NotContain("production only");
        result.AllLines.Should().ContainMatch("*skipped*echo job only (role is not job)");
        result.AllLines.Should().ContainMatch("AfterInstall done in * s: 1 step, 5 skipped");
    }

    [Fact]
    public void What_a_step_captures_later_steps_of_the_event_can_use()
    {
        using var bundle = Bundle.Create("""
            version: 1
            hooks:
              AfterInstall:
                - run: printf 'a b\nc\n'
                  capture: ANSWER
                - exec: [printf, "[%s]", "${env.ANSWER}"]
                - run: printf '<%s>\n' "$ANSWER"
            """);

        var result = bundle.Under18("AfterInstall");

        result.ErrorCode.Should().Be(AgentErrorCode.Succeeded, result.Text);
        result.Text.Should().Contain("[a b\nc]").And.Contain("<a b\nc>");
    }

    [Fact]
    public void A_list_of_steps_is_used_under_its_own_conditions()
    {
        using var bundle = Bundle.Create("""
            version: 1
            steps:
              greet:
                - run: echo "hello $WHO"
                - run: echo "bye $WHO"
            hooks:
              AfterInstall:
                - { use: greet, env: { WHO: one } }
                - { use: greet, env: { WHO: two }, when: { missing: @ROOT@ } }
                - steps: [{ run: exit 4 }, { run: echo unreached }]
                  allow_failure: true
                - run: echo end
            """);

        var result = bundle.Under18("AfterInstall");

        result.ErrorCode.Should().Be(AgentErrorCode.Succeeded, result.Text);
        result.AllLines.Should().Contain("hello one").And.Contain("bye one").And.Contain("end");
        result.AllLines.Should().NotContain("hello two").And.NotContain("unreached");
    }
}
