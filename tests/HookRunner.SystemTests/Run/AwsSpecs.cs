using System.Collections.Immutable;
using HookRunner.Host.Tests.Aws;
using HookRunner.SystemTests.Support;

namespace HookRunner.SystemTests.Run;

/// <summary>`config` and `report` as the executable runs it, with the real AWS CLI and an AWS on this machine.</summary>
public sealed class AwsSpecs : IDisposable
{
    private const string Password = "pa$$w\"o'rd\\ü";

    private readonly LocalAws _aws = new();

    public AwsSpecs()
    {
        Skip.IfNot(File.Exists("/usr/bin/aws"), "needs awscli");
        _aws.Parameters["/shop/db/password"] = ("SecureString", Password);
        _aws.Parameters["/shop/db/user"] = ("String", "shop");
        _aws.Secrets["shop/token"] = "t0ken-value";
    }

    public void Dispose() => _aws.Dispose();

    [SkippableFact]
    public void Later_steps_get_hidden_variables_and_no_file_of_hookrunner_holds_their_values()
    {
        using var bundle = Bundle.Create("""
            version: 1
            hooks:
              AfterInstall:
                - config: { ssm_path: /shop, upper: true }
                - config: { secret: shop/token, as: TOKEN }
                - config: { ssm_path: /shop, upper: true, to: @ROOT@/app.env }
                - run: echo "pw $DB_PASSWORD user $DB_USER token $TOKEN"; cat @ROOT@/app.env
                - exec: [sh, -c, 'printf %s "$1" >@ROOT@/seen', sh, "${env.DB_PASSWORD}"]
                - run: exit 3
            """);

        var result = Agent().Run(bundle.Call("AfterInstall"));

        result.Exit.Should().Be(new HookExit(1, null), result.Text);
        result.AllLines.Should().Contain("pw *** user shop token ***").And.Contain(line => line.StartsWith("DB_PASSWORD=") && line.Contains("***"));
        File.ReadAllText(bundle.PathOf("seen")).Should().Be(Password);
        File.ReadAllLines(bundle.PathOf("app.env")).Should().Equal($"DB_PASSWORD={Password}", "DB_USER=shop");
        File.GetUnixFileMode(bundle.PathOf("app.env")).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        result.Text.Should().NotContain(Password).And.NotContain("t0ken-value");
        Everything(bundle.State).Should().NotContain("pa$$w").And.NotContain("t0ken-value");
    }

    [SkippableFact]
    public void A_refusal_shows_what_to_allow_and_the_CLIs_words_pass_through_the_mask()
    {
        _aws.Refuses = (call, _) => call == "AmazonSSM.GetParameter"
            ? new LocalAws.Refusal(400, "AccessDeniedException", "User: arn:aws:sts::1:assumed-role/web is not authorized to perform: ssm:GetParameter on resource: arn:aws:ssm:eu-central-1:1:parameter/t0ken-value because")
            : null;
        using var bundle = Bundle.Create("""
            version: 1
            hooks:
              AfterInstall:
                - config: { secret: shop/token, as: TOKEN }
                - config: { ssm: /other, as: OTHER }
            """);

        var result = Agent().Run(bundle.Call("AfterInstall"));

        result.Exit.Should().Be(new HookExit(1, null));
        result.Text.Should().Contain("SSM parameter /other in eu-central-1: AccessDeniedException")
            .And.Contain("the instance's role must allow ssm:GetParameter on arn:aws:ssm:eu-central-1:1:parameter/***")
            .And.Contain("An error occurred (AccessDeniedException) when calling the GetParameter operation")
            .And.NotContain("t0ken-value");
        Everything(bundle.State).Should().NotContain("t0ken-value");
    }

    [SkippableFact]
    public void What_a_step_and_its_layers_give_reaches_the_CLI()
    {
        Skip.IfNot(Environment.IsPrivilegedProcess, "needs root, to become another user");
        using var bundle = Bundle.Create("""
            version: 1
            path: [@ROOT@/bin]
            env: { AWS_REGION: us-east-2 }
            defaults: { cwd: /nonexistent, user: nobody }
            hooks:
              AfterInstall:
                - config: { ssm: /shop/db/user, as: ONE }
                - config: { ssm: /shop/db/user, as: TWO }
                  env: { AWS_REGION: eu-north-1 }
                - run: echo "$ONE $TWO"; cat @ROOT@/words
                  cwd: /
            """);
        Directory.CreateDirectory(bundle.PathOf("bin"));
        File.WriteAllText(bundle.PathOf("bin/aws"), $"#!/bin/sh\necho \"$*\" >>{bundle.PathOf("words")}\nexec /usr/bin/aws \"$@\"\n");
        File.SetUnixFileMode(bundle.PathOf("bin/aws"), (UnixFileMode)0b111_101_101);

        var result = Agent().Run(bundle.Call("AfterInstall"));

        result.AllLines.Should().Contain("shop shop");
        result.Text.Should().MatchRegex("--region us-east-2(.|\n)*--region eu-north-1");
        _aws.Calls.Should().NotContain("GET /latest/meta-data/placement/region");
    }

    [SkippableFact]
    public void A_failed_event_reports_itself_masked_and_its_reason_stays_the_events()
    {
        _aws.LogGroups["deployments"] = [];
        using var bundle = Bundle.Create("""
            version: 1
            application: shop
            hooks:
              AfterInstall:
                - config: { secret: shop/token, as: TOKEN }
                - run: echo "with $TOKEN"; exit 3
            on_failure:
              - run: echo undone
            always:
              - report: { s3: s3://reports/web }
              - report: { logs: deployments }
              - report: { logs: absent }
              - report: { sns: 'arn:aws:sns:eu-central-1:123456789012:pager' }
            """);

        var result = Agent().Run(bundle.Call("AfterInstall"));

        var place = $"shop/Staging-APP/{bundle.DeploymentId}/i-0123456789abcdef0/AfterInstall";
        var text = System.Text.Encoding.UTF8.GetString(_aws.Objects[$"reports/web/{place}.log"]);
        result.Exit.Should().Be(new HookExit(1, null), result.Text);
        result.Text.Should().Contain("warning: the report was not sent: there is no log group absent").And.Contain("AfterInstall failed at step 2 of 2").And.NotContain("failed in always");
        text.Should().StartWith("AfterInstall failed at step 2 of 2").And.Contain("\nwith ***\n").And.Contain("\nundone\n").And.NotContain("t0ken-value");
        _aws.LogGroups["deployments"][place].Should().Contain("with ***");
        _aws.Published.Should().ContainSingle().Which.Message.Should().Contain("exit status 3").And.NotContain("t0ken-value");
    }

    [SkippableFact]
    public void A_large_object_is_taken_whole_and_what_is_no_configuration_is_refused()
    {
        var large = new byte[15 << 20];
        new Random(1).NextBytes(large);
        _aws.Objects["bucket/large"] = large;
        _aws.Objects["bucket/huge"] = new byte[17 << 20];
        using var bundle = Bundle.Create("""
            version: 1
            hooks:
              AfterInstall:
                - config: { s3: s3://bucket/large, to: @ROOT@/large }
                - config: { s3: s3://bucket/huge, to: @ROOT@/huge }
            """);

        var result = Agent().Run(bundle.Call("AfterInstall"));

        File.ReadAllBytes(bundle.PathOf("large")).AsSpan().SequenceEqual(large).Should().BeTrue();
        result.Text.Should().Contain("object s3://bucket/huge has more than 16 MiB");
        File.Exists(bundle.PathOf("huge")).Should().BeFalse();
    }

    [SkippableFact]
    public void A_plan_and_a_check_know_the_kind_and_ask_nothing()
    {
        using var bundle = Bundle.Create("""
            version: 1
            hooks:
              AfterInstall:
                - config: { ssm: /shop/db/password, to: /etc/shop/password, owner: shop }
                  env: { AWS_REGION: eu-west-1 }
            """);

        var plan = Command.Run("/", "plan", "--bundle", bundle.Archive, "--group", "Staging-APP", "AfterInstall");

        plan.Text.Should().Contain("config /shop/db/password").And.Contain("read SSM parameter /shop/db/password into /etc/shop/password, owned by shop, mode 0600").And.Contain("env AWS_REGION=eu-west-1");
        Command.Run("/", "check", bundle.Archive).Status.Should().Be(0);
        _aws.Calls.Should().BeEmpty();
    }

    [SkippableFact]
    public void Defaults_for_programs_do_not_touch_it_and_written_at_it_they_are_refused()
    {
        const string text = """
            version: 1
            release: { link: @ROOT@/app, source: app }
            defaults: { cwd: "${release.dir}", user: nobody }
            hooks:
              BeforeInstall:
                - config: { ssm: /shop/db/user, as: A }
            """;
        using var bundle = Bundle.Create(text);
        bundle.Write("app/x", "");

        var sound = Command.Run("/", "check", bundle.Archive);
        bundle.WriteHookFile(text + "\n      cwd: /tmp");
        var refused = Command.Run("/", "check", bundle.Archive);

        sound.Text.Should().Contain("0 errors");
        refused.Text.Should().Contain("`cwd` does not go with `config`, which starts no program of yours");
    }

    private Agent18 Agent() => new()
    {
        ExtraEnvironment = ImmutableSortedDictionary<string, string>.Empty
            .Add("AWS_EC2_METADATA_SERVICE_ENDPOINT", _aws.Url)
            .Add("AWS_ENDPOINT_URL", _aws.Url),
    };

    private static string Everything(string folder) => string.Concat(
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(File.ReadAllText));
}
