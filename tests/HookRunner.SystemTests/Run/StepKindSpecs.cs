using HookRunner.SystemTests.Support;

namespace HookRunner.SystemTests.Run;

/// <summary>The kinds of steps as the executable runs them, where that differs from what a kind alone does.</summary>
public class StepKindSpecs
{
    [Fact]
    public void A_second_run_of_declarative_steps_changes_nothing_and_says_so()
    {
        using var bundle = Bundle.Create("""
            version: 1
            vars: { port: 8080 }
            hooks:
              AfterInstall:
                - directory: { path: @ROOT@/etc/app, mode: 0750 }
                - file: { path: @ROOT@/etc/app/a.conf, content: "port ${port}\n", mode: 0600 }
                - file: { path: @ROOT@/etc/app/b.conf, source: b.conf, expand: true }
                - link: { path: @ROOT@/etc/current, to: @ROOT@/etc/app }
                - remove: { paths: "@ROOT@/etc/*.old", within: @ROOT@/etc }
                - wait_for: { file: @ROOT@/etc/current/a.conf }
            """);
        bundle.Write("b.conf", "listen ${port} in ${environment}\n");
        Directory.CreateDirectory(bundle.PathOf("etc/x.old"));

        var first = bundle.Under18("AfterInstall");
        var second = bundle.Under18("AfterInstall");

        first.ErrorCode.Should().Be(AgentErrorCode.Succeeded, first.Text);
        File.ReadAllText(bundle.PathOf("etc/current/b.conf")).Should().StartWith("listen 8080 in ");
        Directory.Exists(bundle.PathOf("etc/x.old")).Should().BeFalse();
        second.AllLines.Where(line => line.Contains(" ok ", StringComparison.Ordinal)).Should().HaveCount(6).And.OnlyContain(line => line.EndsWith("(already so)"));
    }

    [Fact]
    public void A_variable_that_came_out_empty_removes_nothing()
    {
        using var bundle = Bundle.Create("""
            version: 1
            vars: { app: "" }
            hooks:
              AfterInstall:
                - remove: "${app}/*"
            """);

        var result = bundle.Under18("AfterInstall");

        result.ErrorCode.Should().Be(AgentErrorCode.Failed);
        result.Text.Should().Contain("is too short to be removed").And.Contain("name what belongs to the application");
    }

    [Fact]
    public void A_condition_whose_command_is_cut_short_is_no_reason_to_skip()
    {
        using var bundle = Bundle.Create("""
            version: 1
            hooks:
              AfterInstall:
                - run: echo never
                  when: { run: sleep 1000 }
            """, timeout: 8);

        var result = bundle.Under18("AfterInstall");

        result.ErrorCode.Should().Be(AgentErrorCode.Failed);
        result.Text.Should().NotContain("skipped: when").And.Contain("stopped by appspec.yml: 8 s");
    }

    [Fact]
    public void A_command_that_is_waited_for_sees_the_steps_environment_and_working_directory()
    {
        using var bundle = Bundle.Create("""
            version: 1
            hooks:
              AfterInstall:
                - wait_for: { command: 'test "$WORD" = hello && test "$PWD" = /tmp', within: 10s }
                  env: { WORD: hello }
                  cwd: /tmp
                - wait_for: { command: [sh, -c, exit 0] }
            """);

        bundle.Under18("AfterInstall").ErrorCode.Should().Be(AgentErrorCode.Succeeded);
    }

    [Fact]
    public void A_profile_and_sourced_files_reach_text_program_and_script()
    {
        using var bundle = Bundle.Create("""
            version: 1
            hooks:
              AfterInstall:
                - run: echo "text $FLAVOUR"
                  source: [env.sh]
                - exec: [sh, -c, 'echo "program $FLAVOUR"']
                  source: env.sh
                - script: hook.sh
                  source: env.sh
                  login: true
            """);
        bundle.Write("env.sh", "export FLAVOUR=vanilla\nfalse\n");
        bundle.Write("hook.sh", "#!/bin/sh\necho \"script $FLAVOUR\"\n");

        var result = bundle.Under18("AfterInstall");

        result.AllLines.Should().Contain(["text vanilla", "program vanilla", "script vanilla"]);
    }

    [Fact]
    public void The_last_answer_of_a_health_check_is_in_the_digest()
    {
        using var bundle = Bundle.Create("""
            version: 1
            hooks:
              ValidateService:
                - run: |
                    python3 -c "
                    import socket
                    server = socket.create_server(('127.0.0.1', 0))
                    open('@ROOT@/port', 'w').write(str(server.getsockname()[1]))
                    while True:
                        client, _ = server.accept()
                        client.recv(9999)
                        client.sendall(b'HTTP/1.1 503 Busy\\r\\n\\r\\nno database at 10.0.0.7\\n')
                        client.close()
                    " &
                    while [ ! -s @ROOT@/port ]; do sleep 0.1; done
                  timeout: 30s
                - run: cat @ROOT@/port
                  capture: PORT
                - http: { url: "http://127.0.0.1:${env.PORT}/health", within: 3s, interval: 1s }
            """);

        var result = bundle.Under18("ValidateService");

        result.ErrorCode.Should().Be(AgentErrorCode.Failed);
        result.Window.Should().Contain("status 503, not 2xx").And.Contain("| HTTP/1.1 503 Busy").And.Contain("| no database at 10.0.0.7");
    }
}
