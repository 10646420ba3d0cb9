using HookRunner.Core.Steps;
using static HookRunner.Host.Tests.Steps.HttpStep;

namespace HookRunner.Host.Tests.Steps;

/// <summary>How an answer is read and judged.</summary>
public class HttpAnswerSpecs
{
    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello")]
    [InlineData("HTTP/1.1 200 OK\r\n\r\nhello")]
    [InlineData("HTTP/1.0 200\r\nContent-Type: text/plain\r\n\r\nhello")]
    [InlineData("HTTP/1.1 200 OK\nContent-Length: 5\n\nhello")]
    [InlineData("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhello")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3;x=y\r\nllo\r\n0\r\nTrailer: x\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n")]
    public void Each_framing_of_a_body_is_read(string answer)
    {
        using var server = new RawServer(answer);

        Do($"http: {{ url: '{server.Url}/ping', body: hello, within: 3s }}").Should().Be(new StepOutcome.Succeeded("200"));

        server.Requests.Should().Equal($"GET /ping HTTP/1.1\r\nHost: 127.0.0.1:{server.Port}\r\nUser-Agent: hookrunner\r\nAccept: */*\r\nConnection: close\r\n\r\n");
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhello", "HTTP/1.1 200 OK, but the connection ended after 5 of 50 bytes of the body")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\nhello", "HTTP/1.1 200 OK, but `Content-Length: x` is no number")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "HTTP/1.1 200 OK, but `zz` is no size of a chunk")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel", "HTTP/1.1 200 OK, but the connection ended within the body")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhello", "HTTP/1.1 200 OK, but a chunk is longer than it says")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-", "its headers are too many, too long or cut off")]
    [InlineData("SSH-2.0-OpenSSH_9.2\r\n", "it answered with something that is no HTTP")]
    [InlineData("", "it closed the connection without an answer")]
    public void A_broken_answer_is_named(string answer, string reason)
    {
        using var server = new RawServer(answer);

        Reason(Do($"http: {{ url: '{server.Url}/', within: 3s, interval: 5s }}")).Should().StartWith($"{server.Url}/: {reason} (");
    }

    [Theory]
    [InlineData("status: 200", true)]
    [InlineData("status: [404, 2xx]", true)]
    [InlineData("status: 201", false)]
    [InlineData("status: 3xx", false)]
    [InlineData("body: 'is \"UP\"'", true)]
    [InlineData("body: down", false)]
    [InlineData("matches: '^state.*UP'", true)]
    [InlineData("matches: '^UP'", false)]
    public void An_answer_is_held_against_what_is_wanted(string wanted, bool holds)
    {
        using var server = new RawServer(RawServer.Ok("all\nstate is \"UP\""));

        var outcome = Do($"http: {{ url: '{server.Url}/', within: 3s, interval: 5s, {wanted} }}");

        (outcome is StepOutcome.Succeeded).Should().Be(holds);
    }

    [Theory]
    [InlineData("{ status: UP }", null)]
    [InlineData("{ status: UP, checks.1.ok: true, checks.1.ms: 12 }", null)]
    [InlineData("{ status: DOWN }", "`status` in its JSON is `UP`, not `DOWN`")]
    [InlineData("{ checks.7.ok: true }", "its JSON has no `checks.7.ok`")]
    [InlineData("{ status.x: y }", "its JSON has no `status.x`")]
    public void Fields_of_a_json_answer_are_compared(string fields, string? reason)
    {
        using var server = new RawServer(RawServer.Ok("""{"status":"UP","checks":[{},{"ok":true,"ms":12}]}"""));

        var outcome = Do($"http: {{ url: '{server.Url}/', within: 3s, interval: 5s, json: {fields} }}");

        if (reason is null)
        {
            outcome.Should().BeOfType<StepOutcome.Succeeded>();
        }
        else
        {
            Reason(outcome).Should().Contain(reason);
        }
    }
}
