using System.Collections.Immutable;
using HookRunner.Host.Tests.Aws;
using HookRunner.SystemTests.Support;

namespace HookRunner.SystemTests.Run;

/// <summary>`${instance.*}`: what the instance knows of itself, asked by those that use it and by nobody else.</summary>
public sealed class InstanceSpecs : IDisposable
{
    private readonly LocalAws _aws = new();

    public void Dispose() => _aws.Dispose();

    [Fact]
    public void Values_of_the_instance_are_put_in_when_a_step_starts_and_asked_once()
    {
        using var bundle = Bundle.Create("""
            version: 1
            vars: { name: "${instance.tag.Name}-${instance.id}", unused: "${instance.tag.Missing}" }
            hooks:
              AfterInstall:
                - exec: [echo, "region ${instance.region} account ${instance.account}"]
                - run: echo "host $HOOKRUNNER_VAR_NAME"
                - run: echo "zone $ZONE, id $ID, name ${HOOKRUNNER_VAR_UNUSED-not asked}"
                  env: { ZONE: "${instance.zone}", ID: "${instance.id}" }
                  only: { event: BeforeInstall }
                - file: { path: @ROOT@/id, content: "${instance.id}\n" }
            """);

        var result = Agent().Run(bundle.Call("AfterInstall"));

        result.Exit.Should().Be(new HookExit(0, null), result.Text);
        result.AllLines.Should().Contain("region eu-central-1 account 123456789012").And.Contain("host web-1-i-0123456789abcdef0");
        File.ReadAllText(bundle.PathOf("id")).Should().Be("i-0123456789abcdef0\n");
        _aws.Calls.Should().OnlyHaveUniqueItems().And.HaveCount(5);
    }

    [Fact]
    public void A_step_that_is_skipped_asks_for_nothing()
    {
        using var bundle = Bundle.Create("""
            version: 1
            vars: { zone: "${instance.zone}" }
            hooks:
              AfterInstall:
                - run: echo "$HOOKRUNNER_VAR_ZONE"
                  unless: { exists: /proc/self }
                - run: echo done
            """);

        Agent().Run(bundle.Call("AfterInstall")).AllLines.Should().Contain("done");

        _aws.Calls.Should().BeEmpty();
    }

    [Fact]
    public void Off_EC2_the_step_fails_where_the_value_is_used_with_what_to_do()
    {
        using var bundle = Bundle.Create("""
            version: 1
            hooks:
              AfterInstall:
                - exec: [echo, "${instance.id}"]
            """);
        _aws.Dispose();

        var result = Agent().Run(bundle.Call("AfterInstall"));

        result.Exit.Should().Be(new HookExit(1, null));
        result.Text.Should().Contain($"hookrunner.yml:4:20: there is no instance metadata service at {_aws.Url}: ECONNREFUSED").And.Contain("hint: on EC2 it may be switched off");
    }

    [Fact]
    public void A_list_whose_condition_rests_on_a_value_that_is_not_there_fails()
    {
        using var bundle = Bundle.Create("""
            version: 1
            hooks:
              AfterInstall:
                - steps: [{ run: echo never }]
                  when: { missing: "/data/${instance.tag.Nme}" }
            """);

        var result = Agent().Run(bundle.Call("AfterInstall"));

        result.Exit.Should().Be(new HookExit(1, null), result.Text);
        result.Text.Should().Contain("this instance has no tag `Nme`").And.Contain("did you mean `Name`?").And.NotContain("\nnever");
    }

    [Fact]
    public void A_plan_shows_that_the_value_is_read_later_or_the_one_that_was_given()
    {
        using var bundle = Bundle.Create("""
            version: 1
            hooks:
              AfterInstall:
                - exec: [echo, "${instance.id}"]
            """);

        var open = Command.Run("/", "plan", "--bundle", bundle.Archive, "--group", "Staging-APP", "AfterInstall");
        var given = Command.Run("/", "plan", "--bundle", bundle.Archive, "--group", "Staging-APP", "--set", "instance.id=i-7", "AfterInstall");
        var check = Command.Run("/", "check", bundle.Archive);

        open.Text.Should().Contain("<read when the step starts>");
        given.Text.Should().Contain("i-7").And.NotContain("<read");
        check.Status.Should().Be(0, check.Text);
        _aws.Calls.Should().BeEmpty();
    }

    private Agent18 Agent() => new()
    {
        ExtraEnvironment = ImmutableSortedDictionary<string, string>.Empty.Add("AWS_EC2_METADATA_SERVICE_ENDPOINT", _aws.Url),
    };
}
