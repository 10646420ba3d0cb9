using System.Text;
using HookRunner.Core.Reporting;
using HookRunner.Core.Steps;
using HookRunner.Host.Tests.Steps;

namespace HookRunner.Host.Tests.Aws;

/// <summary>`report` with the real AWS CLI.</summary>
public sealed class ReportSpecs : IDisposable
{
    private const string Place = "shop/Production-APP/d-1/i-0123456789abcdef0/AfterInstall";

    private readonly LocalAws _aws = new();
    private readonly TempFolder _folder = new();

    public void Dispose()
    {
        _aws.Dispose();
        _folder.Dispose();
    }

    [NeedsFact("aws")]
    public void An_object_holds_the_digest_and_the_logs_without_secrets()
    {
        var run = Run("first\nthe s3cret-value\n");
        run.Mask.Add("s3cret-value");

        run.Do("report: { s3: s3://bucket/deployments/ }").Should().Be(new StepOutcome.Succeeded("sent"));

        var text = Encoding.UTF8.GetString(_aws.Objects[$"bucket/deployments/{Place}.log"]);
        text.Should().StartWith("AfterInstall failed at step 2 of 2: Migrate *** ü\n  exit status 3, after ").And.Contain("\n  hint: do *** better\n")
            .And.Contain("\n  instance i-0123456789abcdef0, 20")
            .And.EndWith($" UTC\n\n== Prepare: ok\n\n== Migrate *** ü: failed, {_folder.At("log")}\nfirst\nthe ***\n");
        run.Warnings.Should().BeEmpty();
        string.Join('\n', run.Helpers).Should().NotContain("s3cret").And.NotContain("first");
    }

    [NeedsFact("aws")]
    public void A_log_group_gets_a_stream_for_each_instance_and_event_with_its_lines_in_order()
    {
        _aws.LogGroups["/deployments/shop"] = [];
        var run = Run(string.Concat(Enumerable.Range(1, 3000).Select(number => $"line {number} \"ü\"\n")));

        run.Do("report: { logs: /deployments/shop }").Should().Be(new StepOutcome.Succeeded("sent"));
        run.Do("report: { logs: /deployments/shop }").Should().Be(new StepOutcome.Succeeded("sent"));

        var messages = _aws.LogGroups["/deployments/shop"][Place];
        messages.Should().HaveCountGreaterThan(6000);
        messages.Take(messages.Count / 2).Where(line => line.StartsWith("line ")).Should().Equal(Enumerable.Range(1, 3000).Select(number => $"line {number} \"ü\""));
        run.Warnings.Should().BeEmpty();
    }

    [NeedsFact("aws")]
    public void What_is_too_much_for_one_call_is_cut_at_its_beginning()
    {
        _aws.LogGroups["g"] = [];

        Run(string.Concat(Enumerable.Range(1, 40_000).Select(number => $"{number} {new string('x', number % 4)}\n"))).Do("report: { logs: g }").Should().Be(new StepOutcome.Succeeded("sent"));

        var messages = _aws.LogGroups["g"][Place];
        messages.Should().HaveCountLessThanOrEqualTo(10_000);
        messages.Sum(line => Encoding.UTF8.GetByteCount(line) + 26).Should().BeLessThan(1_048_576);
        messages[0].Should().StartWith("AfterInstall failed");
        messages[^1].Should().StartWith("40000 ");
    }

    [NeedsFact("aws")]
    public void A_topic_gets_the_digest_alone()
    {
        var run = Run("a line\n");

        run.Do("report: { sns: 'arn:aws:sns:us-east-1:123456789012:deployments' }").Should().Be(new StepOutcome.Succeeded("sent"));

        var (topic, subject, message) = _aws.Published.Should().ContainSingle().Subject;
        topic.Should().Be("arn:aws:sns:us-east-1:123456789012:deployments");
        subject.Should().Be("AfterInstall failed: shop d-1");
        message.Should().StartWith("AfterInstall failed at step 2 of 2").And.Contain("instance i-0123456789abcdef0").And.NotContain("a line");
        run.Helpers.Should().ContainSingle().Which.Should().Contain("--region us-east-1");
    }

    [NeedsFact("aws")]
    public void What_hinders_it_is_a_warning()
    {
        var run = Run("x\n");

        run.Do("report: { logs: absent }").Should().Be(new StepOutcome.Skipped("it could not be sent"));
        _aws.Refuses = (call, _) => call.StartsWith("PUT /bucket") ? new LocalAws.Refusal(403, "AccessDenied", "Access Denied") : null;
        run.Do("report: { s3: s3://bucket }").Should().Be(new StepOutcome.Skipped("it could not be sent"));

        run.Warnings.Should().HaveCount(2);
        run.Warnings[0].Should().Be("the report was not sent: there is no log group absent in eu-central-1 (ResourceNotFoundException) (make it once, with the retention you want: `aws logs create-log-group --log-group-name absent`)");
        run.Warnings[1].Should().Contain("AccessDenied").And.Contain($"s3:PutObject on arn:aws:s3:::bucket/{Place}.log");
    }

    [NeedsFact("aws")]
    public void A_service_that_does_not_answer_is_left_after_the_time_there_is()
    {
        _aws.Refuses = (call, _) => call == "SNS.Publish" ? new LocalAws.Refusal(400, "Throttling", "Rate exceeded") : null;
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var run = Run("x\n", TimeSpan.FromSeconds(4));

        run.Do("report: { sns: 'arn:aws:sns:us-east-1:123456789012:deployments' }").Should().Be(new StepOutcome.Skipped("it could not be sent"));

        watch.Elapsed.TotalSeconds.Should().BeLessThan(15);
        run.Warnings.Should().ContainSingle().Which.Should().Contain("Throttling");
    }

    [Theory]
    [InlineData("report: { s3: s3://b, logs: g }", "1:9 `report` needs one of `s3`, `logs` and `sns` (make a step of each)")]
    [InlineData("report: { s3: bucket }", "1:15 `s3` is `bucket`; expected `s3://BUCKET/PREFIX`")]
    [InlineData("report: { logs: 'a b' }", "1:17 `logs` is `a b`; expected the name of a log group: letters, digits and `_/.#-`")]
    [InlineData("report: { sns: deployments }", "1:16 `sns` is `deployments`; expected `arn:aws:sns:REGION:ACCOUNT:TOPIC`")]
    [InlineData("report: { sns: 'arn:aws:sns:eu-west-1:1:a.fifo' }", "1:16 `sns` is `arn:aws:sns:eu-west-1:1:a.fifo`; expected a topic that is no FIFO one, which queues alone can follow")]
    public void Nonsense_is_refused_where_it_stands(string step, string mistake) => Some.Mistakes(step).Should().Equal(mistake);

    [Fact]
    public void A_plan_says_what_goes_where_and_a_simulation_records_it()
    {
        var run = new TestStepRun("/") { Simulated = true };
        const string words = "send digest and logs to object s3://b/p/<application>/<group>/<deployment>/<instance>/<event>.log, within 20s; a failure is a warning";

        Some.Step("report: { s3: s3://b/p }").Describe().Should().Be(words);
        run.Do("report: { s3: s3://b/p }").Should().Be(new StepOutcome.Succeeded("recorded"));

        run.Said.Should().Equal($"recorded: {words}");
        run.Helpers.Should().BeEmpty();
    }

    private TestStepRun Run(string log, TimeSpan? within = null) => AwsStep.With(
        new TestStepRun("/", within)
        {
            Report = new EventReport
            {
                Identity = new EventIdentity
                {
                    Event = "AfterInstall",
                    Application = "shop",
                    Group = "Production-APP",
                    Deployment = "d-1",
                    Environment = "production",
                    Bundle = "/",
                },
                Steps =
                [
                    new StepReport { List = StepListKind.Steps, Number = 1, Name = "Prepare", Outcome = StepOutcome.Succeeded.Plain },
                    new StepReport
                    {
                        List = StepListKind.Steps,
                        Number = 2,
                        Name = "Migrate s3cret-value ü",
                        Outcome = new StepOutcome.Failed("exit status 3", "do s3cret-value better"),
                        LogPath = _folder.Write("log", log),
                    },
                ],
                StepCount = 2,
                Took = TimeSpan.FromSeconds(1),
            },
        },
        _aws);
}
