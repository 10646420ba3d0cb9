using HookRunner.Core.Steps;
using HookRunner.Host.Steps.Aws;
using HookRunner.Host.Tests.Steps;

namespace HookRunner.Host.Tests.Aws;

/// <summary>How calls of the real AWS CLI fail, and which are repeated.</summary>
public sealed class AwsCliSpecs : IDisposable
{
    private const string Step = "config: { ssm: /shop/a, as: A }";

    private readonly LocalAws _aws = new();

    public AwsCliSpecs() => _aws.Parameters["/shop/a"] = ("String", "1");

    public void Dispose() => _aws.Dispose();

    [NeedsFact("aws")]
    public void A_throttled_call_is_repeated_until_it_is_answered()
    {
        _aws.Refuses = (call, before) => call == "AmazonSSM.GetParameter" && before < 2 ? new LocalAws.Refusal(400, "ThrottlingException", "Rate exceeded") : null;
        var run = AwsStep.On(_aws, null, ("AWS_MAX_ATTEMPTS", "1"));

        run.Do(Step).Should().Be(new StepOutcome.Succeeded("A"));

        run.Helpers.Should().HaveCount(3);
        run.Said.Should().HaveCount(2).And.OnlyContain(line => line.StartsWith("ThrottlingException for SSM parameter /shop/a; next try in "));
    }

    [NeedsFact("aws")]
    public void A_call_that_stays_throttled_ends_with_the_steps_time_and_says_why()
    {
        _aws.Refuses = (call, _) => call == "AmazonSSM.GetParameter" ? new LocalAws.Refusal(400, "ThrottlingException", "Rate exceeded") : null;

        var failure = AwsStep.On(_aws, TimeSpan.FromSeconds(4), ("AWS_MAX_ATTEMPTS", "1")).Failure(Step);

        failure.Reason.Should().MatchRegex("^SSM parameter /shop/a in eu-central-1: ThrottlingException(, [2-9] times|: Rate exceeded)$");
        failure.Hint.Should().Contain("quota");
    }

    [NeedsFact("aws")]
    public void A_stop_ends_the_waiting()
    {
        _aws.Refuses = (call, _) => call == "AmazonSSM.GetParameter" ? new LocalAws.Refusal(503, "ServiceUnavailable") : null;
        var waiting = AwsStep.On(_aws, null, ("AWS_MAX_ATTEMPTS", "1"), ("AWS_REGION", "eu-west-1"));
        var asking = AwsStep.On(_aws);
        waiting.Told.Cancel();
        asking.Told.Cancel();

        waiting.Do(Step).Should().Be(new StepOutcome.Stopped(15));
        waiting.Said.Should().ContainSingle();
        asking.Do(Step).Should().Be(new StepOutcome.Stopped(15));
    }

    [NeedsTheory("aws")]
    [InlineData("ParameterNotFound", "", "there is no SSM parameter /shop/a in eu-central-1 (ParameterNotFound)", "is the name right, and is it in this region and account?")]
    [InlineData("AccessDeniedException", "User: arn:aws:sts::1:assumed-role/web/i-1 is not authorized to perform: ssm:GetParameter on resource: arn:aws:ssm:eu-central-1:1:parameter/shop/a because no identity-based policy allows the ssm:GetParameter action",
        "SSM parameter /shop/a in eu-central-1: AccessDeniedException", "the instance's role must allow ssm:GetParameter on arn:aws:ssm:eu-central-1:1:parameter/shop/a")]
    [InlineData("AccessDeniedException", "Access to KMS is not allowed", "SSM parameter /shop/a in eu-central-1: AccessDeniedException", "the instance's role must allow ssm:GetParameter on arn:aws:ssm:eu-central-1:*:parameter/shop/a, and kms:Decrypt on its key")]
    [InlineData("ExpiredTokenException", "The security token included in the request is expired", "SSM parameter /shop/a in eu-central-1: ExpiredTokenException: The security token included in the request is expired",
        "is the clock right (`chronyc tracking`)? do AWS_ACCESS_KEY_ID or AWS_PROFILE name other credentials than the role's?")]
    public void What_no_repetition_can_mend_is_tried_once_and_told_with_what_to_do(string code, string message, string reason, string hint)
    {
        _aws.Refuses = (call, _) => call == "AmazonSSM.GetParameter" ? new LocalAws.Refusal(400, code, message) : null;
        var run = AwsStep.On(_aws);

        run.Failure(Step).Should().Be(new StepOutcome.Failed(reason, hint));

        run.Helpers.Should().ContainSingle();
        _aws.Calls.Count(call => call == "AmazonSSM.GetParameter").Should().Be(1);
    }

    [NeedsFact("aws")]
    public void An_object_that_is_not_there_or_not_allowed_is_told_with_its_ARN()
    {
        const string step = "config: { s3: s3://bucket/key, as: A }";
        AwsStep.On(_aws).Failure(step).Reason.Should().Be("there is no object s3://bucket/key in eu-central-1 (404)");
        _aws.Refuses = (call, _) => call.Contains("bucket") ? new LocalAws.Refusal(403, "AccessDenied") : null;

        var failure = AwsStep.On(_aws).Failure(step);

        failure.Reason.Should().Be("object s3://bucket/key in eu-central-1: 403");
        failure.Hint.Should().StartWith("the instance's role must allow s3:GetObject on arn:aws:s3:::bucket/key; S3 says the same of an object that does not exist");
    }

    [NeedsFact("aws")]
    public void Without_credentials_and_without_a_way_to_the_service_it_says_which()
    {
        var bare = AwsStep.On(_aws, null, ("AWS_EC2_METADATA_DISABLED", "true"), ("AWS_REGION", "eu-west-1"));
        bare.Failure(Step).Should().Be(new StepOutcome.Failed(
            "SSM parameter /shop/a: the AWS CLI finds no credentials", "give the instance a role (launch template: IamInstanceProfile); in a container the hop limit must be 2"));

        var cut = AwsStep.On(_aws, null, ("AWS_ENDPOINT_URL_SSM", "http://127.0.0.1:1"), ("AWS_REGION", "eu-wst-1"), ("AWS_MAX_ATTEMPTS", "1"));
        cut.Failure(Step).Should().Be(new StepOutcome.Failed(
            "SSM parameter /shop/a: ssm in eu-wst-1 cannot be reached", "is `eu-wst-1` a region? does the instance reach it: a route, a VPC endpoint, or a proxy?"));
    }

    [NeedsFact("aws")]
    public void Where_no_region_is_known_both_places_are_named()
    {
        var run = AwsStep.On(_aws, null, ("AWS_EC2_METADATA_DISABLED", "true"));

        var failure = run.Failure(Step);

        failure.Reason.Should().StartWith("no region is known: AWS_REGION is not set, and instance metadata is not asked");
        failure.Hint.Should().StartWith("write it at the step: `env: { AWS_REGION: eu-central-1 }`");
        run.Helpers.Should().BeEmpty();
    }

    [NeedsFact("aws")]
    public void Where_the_CLIs_own_configuration_knows_no_region_the_instance_does()
    {
        using var home = new TempFolder();
        home.Write(".aws/config", "[default]\noutput = table\n");
        var run = AwsStep.On(_aws, null, ("HOME", home.Path), ("AWS_EC2_METADATA_SERVICE_ENDPOINT", _aws.Url));

        run.Do(Step).Should().Be(new StepOutcome.Succeeded("A"));

        run.Helpers[0].Should().NotContain("--region");
    }

    [Fact]
    public void Without_the_CLI_it_says_where_it_was_looked_for()
    {
        var run = AwsStep.On(_aws, null, ("PATH", "/nonexistent"));

        run.Failure(Step).Should().Be(new StepOutcome.Failed(
            "SSM parameter /shop/a needs the AWS CLI: no aws", "install it in the image (the package `awscli`, or AWS's own), or add its folder with `path:`"));
    }

    [NeedsFact("aws")]
    public void The_applications_own_Python_and_libraries_do_not_break_it()
    {
        var run = AwsStep.On(_aws, null, ("PYTHONHOME", "/nonexistent"), ("PYTHONPATH", "/nonexistent"), ("LD_PRELOAD", "/nonexistent.so"));

        run.Do(Step).Should().Be(new StepOutcome.Succeeded("A"));

        run.HelperEnvironment(out _).Should().NotContainKey("LD_PRELOAD");
    }

    [Fact]
    public void The_CLI_gets_no_pager_and_asks_no_proxy_for_the_instances_credentials()
    {
        var run = new TestStepRun("/") { Variables = { ["http_proxy"] = "http://proxy:3128", ["NO_PROXY"] = "localhost", ["AWS_EC2_METADATA_SERVICE_ENDPOINT"] = "http://x" } };

        var environment = run.HelperEnvironment(out _)!;

        environment.Should().Contain("AWS_PAGER", "").And.Contain("NO_PROXY", "localhost,169.254.169.254,fd00:ec2::254")
            .And.Contain("no_proxy", "169.254.169.254,fd00:ec2::254").And.Contain("AWS_EC2_METADATA_SERVICE_ENDPOINT", "http://x/");
    }

    /// <summary>Each instance asks once; the service answers 40 calls a second, as SSM does without a higher quota.</summary>
    [Fact]
    public void Five_thousand_instances_that_start_together_are_all_served_within_five_minutes()
    {
        const int instances = 5000, quota = 40;
        var random = new Random(1);
        var waiting = new PriorityQueue<int, double>(Enumerable.Range(0, instances).Select(_ => (1, random.NextDouble())));
        var served = new Dictionary<int, int>();
        var (last, calls) = (0.0, 0);
        while (waiting.TryDequeue(out var attempt, out var time))
        {
            calls++;
            var second = (int)time;
            if (served.GetValueOrDefault(second) < quota)
            {
                served[second] = served.GetValueOrDefault(second) + 1;
                last = Math.Max(last, time);
            }
            else
            {
                waiting.Enqueue(attempt + 1, time + Backoff.Delay(attempt, random.NextDouble()).TotalSeconds);
            }
        }

        last.Should().BeLessThan(300);
        calls.Should().BeLessThan(20 * instances);
    }
}
