using System.Net;
using HookRunner.Core.Steps;
using static HookRunner.Host.Tests.Steps.HttpStep;

namespace HookRunner.Host.Tests.Steps;

/// <summary>Where a request goes, and with what.</summary>
public class HttpRouteSpecs
{
    [Fact]
    public void Method_and_headers_are_sent_as_written()
    {
        using var server = new RawServer("HTTP/1.1 204 No Content\r\nContent-Length: 7\r\n\r\n");

        Do($"http: {{ url: '{server.Url}/a?b=c#d', method: POST, headers: {{ Host: shop.example, X-Token: 'a b' }}, within: 2s }}").Should().Be(new StepOutcome.Succeeded("204"));

        server.Requests.Should().Equal("POST /a?b=c HTTP/1.1\r\nUser-Agent: hookrunner\r\nAccept: */*\r\nConnection: close\r\nContent-Length: 0\r\nHost: shop.example\r\nX-Token: a b\r\n\r\n");
    }

    [Fact]
    public void A_redirect_is_followed_only_where_that_is_wanted()
    {
        using var server = new RawServer("HTTP/1.1 302 Found\r\nLocation: /login?x=1\r\nContent-Length: 0\r\n\r\n", RawServer.Ok("up"));

        var failed = (StepOutcome.Failed)Do($"http: {{ url: '{server.Url}/', within: 3s, interval: 5s }}");
        using var second = new RawServer("HTTP/1.1 302 Found\r\nLocation: /login?x=1\r\nContent-Length: 0\r\n\r\n", RawServer.Ok("up"));
        var done = Do($"http: {{ url: '{second.Url}/', follow: true, body: up, within: 5s }}");

        failed.Reason.Should().Contain("status 302 (it sends on to /login?x=1), not 2xx");
        failed.Hint.Should().Be("`follow: true` goes where it sends");
        done.Should().Be(new StepOutcome.Succeeded("200"));
        second.Requests[1].Should().StartWith("GET /login?x=1 HTTP/1.1");
    }

    [Fact]
    public void Redirects_end_after_five_and_stay_with_http()
    {
        using var round = new RawServer("HTTP/1.1 301 X\r\nLocation: /again\r\nContent-Length: 0\r\n\r\n");
        using var file = new RawServer("HTTP/1.1 301 X\r\nLocation: file:///etc/passwd\r\nContent-Length: 0\r\n\r\n");

        Reason(Do($"http: {{ url: '{round.Url}/', follow: true, within: 3s, interval: 5s }}")).Should().Contain("more than 5 redirects, the last to /again");
        Reason(Do($"http: {{ url: '{file.Url}/', follow: true, within: 3s, interval: 5s }}")).Should().Contain("a redirect to `file:///etc/passwd`");
        round.Requests.Should().HaveCount(6);
    }

    [Fact]
    public void Credentials_stay_with_their_host()
    {
        using var other = new RawServer(RawServer.Ok("up"));
        using var server = new RawServer($"HTTP/1.1 307 X\r\nLocation: {other.Url}/\r\nContent-Length: 0\r\n\r\n");

        Do($"http: {{ url: '{server.Url}/', follow: true, headers: {{ Authorization: secret, X-A: b }}, within: 2s }}");

        server.Requests[0].Should().Contain("Authorization: secret");
        other.Requests[0].Should().Contain("X-A: b").And.NotContain("secret");
    }

    [Fact]
    public void IPv6_works()
    {
        using var server = new RawServer(IPAddress.IPv6Loopback, false, RawServer.Ok("up"));

        Do($"http: {{ url: 'http://[::1]:{server.Port}/', within: 2s }}").Should().BeOfType<StepOutcome.Succeeded>();
    }

    [Fact]
    public void Whatever_ends_in_localhost_is_this_machine()
    {
        using var server = new RawServer(RawServer.Ok("up"));

        Do($"http: {{ url: 'http://shop.localhost:{server.Port}/', within: 20s }}").Should().BeOfType<StepOutcome.Succeeded>();
    }

    [Fact]
    public void A_self_signed_certificate_is_refused_unless_any_is_taken()
    {
        using var server = new RawServer(IPAddress.Loopback, true, RawServer.Ok("up"));

        var failed = (StepOutcome.Failed)Do($"http: {{ url: 'https://localhost:{server.Port}/', within: 8s, interval: 9s }}");
        var done = Do($"http: {{ url: 'https://localhost:{server.Port}/', insecure: true, body: up, within: 10s }}");

        failed.Reason.Should().Contain("its certificate is not trusted here");
        failed.Hint.Should().Be("`insecure: true` takes any certificate");
        done.Should().Be(new StepOutcome.Succeeded("200"));
    }

    [Fact]
    public void Http_and_https_that_meet_are_told_apart()
    {
        using var plain = new RawServer(RawServer.Ok("up"));
        using var secured = new RawServer(IPAddress.Loopback, true, RawServer.Ok("up"));

        var first = (StepOutcome.Failed)Do($"http: {{ url: 'https://127.0.0.1:{plain.Port}/', within: 8s, interval: 9s }}");
        var second = (StepOutcome.Failed)Do($"http: {{ url: 'http://127.0.0.1:{secured.Port}/', within: 8s, interval: 9s }}");

        first.Hint.Should().Be("does it speak plain http?");
        second.Hint.Should().Be("does it speak https?");
    }

    [Fact]
    public void An_unknown_host_is_named() =>
        Reason(Do("http: { url: 'http://no-such-host.invalid/', within: 500ms }")).Should().Contain("host `no-such-host.invalid` is not known");
}
