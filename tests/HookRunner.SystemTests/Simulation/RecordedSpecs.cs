namespace HookRunner.SystemTests.Simulation;

/// <summary>What reaches outside is recorded, and what rests on it is not held against the bundle.</summary>
public class RecordedSpecs
{
    private const string AppSpec = """
        hooks:
          BeforeInstall: [{ location: hookrunner }]
          ApplicationStart: [{ location: hookrunner }]
          ValidateService: [{ location: hookrunner }]
        """;

    public RecordedSpecs() => Namespaces.Require();

    [SkippableFact]
    public void A_check_of_a_service_that_an_earlier_event_recorded_is_not_checked_and_no_failure()
    {
        using var bundle = Bundle("""
            version: 1
            hooks:
              ApplicationStart:
                - service: { restart: web }
              ValidateService:
                - http: { url: "http://127.0.0.1:9/health", within: 60s }
                - wait_for: { tcp: "127.0.0.1:9", within: 60s }
            """);

        var result = bundle.Call().Run();

        result.Exit.Should().Be(0, result.Output);
        result.Output.Should().Contain("recorded: restart web").And.EndWith("recorded: 1\nnot checked: 2\n");
    }

    [SkippableFact]
    public void Without_a_recorded_service_the_same_check_fails()
    {
        using var bundle = Bundle("""
            version: 1
            hooks:
              ValidateService:
                - http: { url: "http://127.0.0.1:9/health", within: 1s }
            """);

        var result = bundle.Call().Run();

        result.Exit.Should().Be(1);
        result.Output.Should().Contain("connection refused").And.EndWith("not checked: 0\n");
    }

    [SkippableFact]
    public void Another_host_is_asked_only_with_the_network()
    {
        using var bundle = Bundle("""
            version: 1
            hooks:
              ValidateService:
                - http: { url: "http://198.51.100.1/health", within: 1s }
            """);

        var result = bundle.Call().Run();

        result.Exit.Should().Be(0, result.Output);
        result.Output.Should().Contain("recorded: ").And.Contain("198.51.100.1").And.EndWith("recorded: 1\nnot checked: 0\n");
    }

    [SkippableFact]
    public void Variables_that_only_an_instance_knows_are_given_by_hand()
    {
        using var bundle = Bundle("""
            version: 1
            hooks:
              ApplicationStart:
                - run: echo "in $ZONE"
                  env: { ZONE: "${instance.zone}" }
            """);

        var result = bundle.Call("--set", "instance.zone=eu-central-1a").Run();

        result.Exit.Should().Be(0, result.Output);
        result.Output.Should().Contain("    in eu-central-1a\n");
    }

    [SkippableFact]
    public void Those_that_were_not_given_stand_as_their_names()
    {
        using var bundle = Bundle("""
            version: 1
            hooks:
              ApplicationStart:
                - exec: [echo, "${instance.id} ${instance.tag.Name}"]
            """);

        var result = bundle.Call("--set", "instance.tag.Name=web").Run();

        result.Exit.Should().Be(0, result.Output);
        result.Output.Should().Contain("    <instance.id> web\n");
    }

    [SkippableFact]
    public void What_would_be_read_from_AWS_is_given_by_hand_or_stands_as_its_name()
    {
        using var bundle = Bundle("""
            version: 1
            hooks:
              ApplicationStart:
                - config: { secret: shop/db, map: { user: DB_USER, password: DB_PASSWORD }, to: /run/app.env, mode: 0640 }
                - config: { ssm: /shop/token, as: TOKEN }
                - run: cat /run/app.env; echo "$TOKEN $(stat -c %a /run/app.env)"
            """);

        var result = bundle.Call("--set", "DB_USER=me", "--set", "env.TOKEN=t").Run();

        result.Exit.Should().Be(0, result.Output);
        result.Output.Should().Contain("recorded: read secret shop/db into /run/app.env").And.Contain("    DB_USER=me\n").And.Contain("    DB_PASSWORD='<DB_PASSWORD>'\n").And.Contain("    t 640\n");
        result.Output.Should().EndWith("recorded: 2\nnot checked: 0\n");
    }

    [SkippableFact]
    public void A_user_and_an_owner_that_this_machine_lacks_are_told_once_in_an_event()
    {
        using var bundle = Bundle("""
            version: 1
            defaults: { user: nobody-has-this-name }
            hooks:
              ApplicationStart:
                - run: echo one
                - run: echo two
                - directory: /srv/a
                - directory: /srv/b
            """);

        var result = bundle.Call().Run();

        result.Exit.Should().Be(0, result.Output);
        result.Output.Should().Contain("    one\n").And.Contain("    two\n");
        result.Lines.Where(line => line.Contains("warning: ", StringComparison.Ordinal)).Should().HaveCount(2)
            .And.OnlyContain(line => line.Contains(" nobody-has-this-name is not on this machine", StringComparison.Ordinal));
    }

    private static ScriptBundle Bundle(string hookFile) =>
        new ScriptBundle().WithAppSpec(AppSpec).Write("hookrunner.yml", hookFile + "\n");
}
