using System.Diagnostics;
using HookRunner.Core.Values;
using HookRunner.Host.Os;
using HookRunner.Host.Steps.Aws;
using HookRunner.Host.Tests.Steps;

namespace HookRunner.Host.Tests.Aws;

/// <summary>What an instance knows of itself, asked by IMDSv2.</summary>
public sealed class InstanceMetadataSpecs : IDisposable
{
    private readonly LocalAws _aws = new();

    public void Dispose() => _aws.Dispose();

    [Theory]
    [InlineData("id", "i-0123456789abcdef0")]
    [InlineData("region", "eu-central-1")]
    [InlineData("zone", "eu-central-1b")]
    [InlineData("account", "123456789012")]
    [InlineData("tag.Name", "web-1")]
    [InlineData("tag.team:owner", "shop & co")]
    public void Each_value_is_read_with_a_token(string name, string value)
    {
        Find(Instance(_aws.Url), name).Should().Be(new VariableValue.Known(value));

        _aws.Calls[0].Should().Be("PUT /latest/api/token");
        _aws.Calls.Should().HaveCount(2);
    }

    [Fact]
    public void Nothing_is_asked_before_something_needs_it_and_nothing_twice()
    {
        var instance = Instance(_aws.Url + "/");
        _aws.Calls.Should().BeEmpty();

        foreach (var name in new[] { "id", "zone", "id", "zone", "id" })
        {
            Find(instance, name).Should().BeOfType<VariableValue.Known>();
        }

        _aws.Calls.Should().Equal("PUT /latest/api/token", "GET /latest/meta-data/instance-id", "GET /latest/meta-data/placement/availability-zone");
    }

    [Fact]
    public void A_token_that_has_expired_is_replaced()
    {
        var instance = Instance(_aws.Url);
        Find(instance, "id");
        _aws.Expire();

        Find(instance, "region").Should().Be(new VariableValue.Known("eu-central-1"));

        _aws.Calls.Count(call => call.EndsWith("token")).Should().Be(2);
    }

    [Fact]
    public void A_service_that_is_busy_is_asked_again()
    {
        _aws.Refuses = (_, before) => before == 0 ? new LocalAws.Refusal(503, "Busy") : null;

        Find(Instance(_aws.Url), "id").Should().Be(new VariableValue.Known("i-0123456789abcdef0"));

        _aws.Calls.Should().HaveCount(4);
    }

    [Fact]
    public void A_service_that_stays_busy_is_named()
    {
        _aws.Refuses = (_, _) => new LocalAws.Refusal(503, "Busy");

        Undefined(Instance(_aws.Url), "id").Message.Should()
            .Be("the instance metadata service does not give a token: HTTP/1.1 503 Service Unavailable (tried 3 times)");
    }

    [Fact]
    public void Tags_that_are_not_in_the_metadata_name_the_option_of_the_launch_template()
    {
        _aws.Tags = null;

        var answer = Undefined(Instance(_aws.Url), "tag.Name");

        answer.Message.Should().Be("the tag `Name` cannot be read: this instance's tags are not in its metadata");
        answer.Remedy.Should().Contain("InstanceMetadataTags: enabled").And.Contain("--instance-metadata-tags enabled");
    }

    [Fact]
    public void A_tag_that_the_instance_does_not_have_shows_those_it_has()
    {
        var answer = Undefined(Instance(_aws.Url), "tag.Nam");

        answer.Should().Be(new VariableValue.Undefined("this instance has no tag `Nam`", "did you mean `Name`?"));
        Undefined(Instance(_aws.Url), "tag.Stage").Remedy.Should().Be("its tags: Name, team:owner");
    }

    [Fact]
    public void A_service_that_is_switched_off_is_named()
    {
        using var server = new RawServer("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n");

        var answer = Undefined(Instance(server.Url), "id");

        answer.Message.Should().Be("the instance metadata service is switched off (it answers 403)");
        answer.Remedy.Should().Contain("HttpEndpoint: enabled");
    }

    [Fact]
    public void A_token_that_never_arrives_is_the_hop_limit_and_takes_three_tries_of_a_second()
    {
        using var server = new RawServer("hang");
        var watch = Stopwatch.StartNew();
        var instance = Instance(server.Url);

        var answer = Undefined(instance, "id");

        watch.Elapsed.TotalSeconds.Should().BeInRange(3, 9);
        server.Requests.Should().HaveCount(3);
        answer.Message.Should().EndWith("is there, but its token does not arrive (tried 3 times)");
        answer.Remedy.Should().Contain("HttpPutResponseHopLimit: 2");
        watch.Restart();
        Undefined(instance, "region").Message.Should().Be(answer.Message, "it is not tried again");
        watch.Elapsed.TotalSeconds.Should().BeLessThan(2);
    }

    [Fact]
    public void Where_nothing_is_there_it_says_so_at_once()
    {
        var url = _aws.Url;
        _aws.Dispose();

        var answer = Undefined(Instance(url), "id");

        answer.Message.Should().Be($"there is no instance metadata service at {url}: ECONNREFUSED (connection refused)");
        answer.Remedy.Should().Contain("HttpEndpoint: enabled").And.Contain("`vars:`");
    }

    [Theory]
    [InlineData("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", "gives no token, as the instance metadata service of EC2 would: HTTP/1.1 404 Not Found")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\n<html>x\n\n\n\n\n", "is no token of an instance metadata service")]
    public void What_is_something_else_is_named(string reply, string message)
    {
        using var server = new RawServer(reply);

        Undefined(Instance(server.Url), "id").Message.Should().Contain(message);
    }

    [Theory]
    [InlineData("AWS_EC2_METADATA_DISABLED", "true", "instance metadata is not asked: AWS_EC2_METADATA_DISABLED is set where hookrunner was started")]
    [InlineData("AWS_EC2_METADATA_SERVICE_ENDPOINT", "https://127.0.0.1/", "AWS_EC2_METADATA_SERVICE_ENDPOINT is `https://127.0.0.1/`, where hookrunner was started; expected an http URL")]
    public void The_variables_of_the_SDKs_hold(string name, string value, string message) =>
        Undefined(new InstanceMetadata(new Dictionary<string, string> { [name] = value }), "id").Message.Should().Be(message);

    [Fact]
    public void A_deadline_or_a_stop_ends_the_asking()
    {
        using var server = new RawServer("hang");
        var watch = Stopwatch.StartNew();

        Instance(server.Url).Find("id", Patience.For(TimeSpan.FromMilliseconds(300), CancellationToken.None)).Should().BeOfType<VariableValue.Undefined>();
        Instance(server.Url).Find("id", Patience.For(TimeSpan.FromMinutes(1), new CancellationToken(true))).Should().BeOfType<VariableValue.Undefined>();

        watch.Elapsed.TotalSeconds.Should().BeLessThan(2.5);
    }

    [NeedsFact("root", "ip")]
    public void Without_a_word_the_address_of_every_instance_is_asked_and_no_proxy() => PrivateNetwork.Run(() =>
    {
        PrivateMounts.Shell("ip link set lo up");
        Undefined(Instance(null), "id").Message.Should().Contain("http://169.254.169.254: ENETUNREACH");
        PrivateMounts.Shell("ip addr add 169.254.169.254/32 dev lo");
        using var server = new LocalAws("169.254.169.254", 80);
        var environment = new Dictionary<string, string> { ["http_proxy"] = "http://127.0.0.1:9", ["HTTP_PROXY"] = "http://127.0.0.1:9" };

        Find(new InstanceMetadata(environment), "id").Should().Be(new VariableValue.Known("i-0123456789abcdef0"));
    });

    private static InstanceMetadata Instance(string? endpoint) => new(endpoint is null
        ? []
        : new Dictionary<string, string> { ["AWS_EC2_METADATA_SERVICE_ENDPOINT"] = endpoint });

    private static VariableValue Find(InstanceMetadata instance, string name) =>
        instance.Find(name, Patience.For(TimeSpan.FromMinutes(1), CancellationToken.None));

    private static VariableValue.Undefined Undefined(InstanceMetadata instance, string name) => (VariableValue.Undefined)Find(instance, name);
}
