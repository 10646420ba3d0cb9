using System.Diagnostics;
using HookRunner.Core.Steps;
using static HookRunner.Host.Tests.Steps.HttpStep;

namespace HookRunner.Host.Tests.Steps;

/// <summary>When it asks, how long, and what it says.</summary>
public class HttpSpecs
{
    [Fact]
    public void The_last_answer_is_shown_where_it_never_was_right()
    {
        using var server = new RawServer("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 24\r\n\r\nno database\n\nat 10.0.0.7");

        var failed = (StepOutcome.Failed)Do($"http: {{ url: '{server.Url}/health', within: 2s, interval: 400ms }}");

        failed.Reason.Should().MatchRegex(@"/health: status 503, not 2xx \([2-9] tries in 2s\)$");
        failed.Detail.Should().Equal("HTTP/1.1 503 Service Unavailable", "no database", "at 10.0.0.7");
    }

    [Fact]
    public void It_asks_until_the_answer_is_right_as_often_in_a_row_as_wanted()
    {
        var (up, down) = (RawServer.Ok("up"), "HTTP/1.1 500 X\r\nContent-Length: 0\r\n\r\n");
        using var server = new RawServer(down, up, up, down, up, up, up);

        Do($"http: {{ url: '{server.Url}/', times: 3, interval: 10ms, within: 10s }}").Should().Be(new StepOutcome.Succeeded("200 at try 7"));

        server.Requests.Should().HaveCount(7);
    }

    [Fact]
    public void A_port_that_refuses_is_named_with_a_hint()
    {
        var failed = (StepOutcome.Failed)Do("http: { url: 'http://127.0.0.1:1/', within: 250ms }");

        failed.Reason.Should().StartWith("http://127.0.0.1:1/: connection refused (");
        failed.Hint.Should().Be("does anything listen on port 1? `ss -ltnp` shows what does");
    }

    [Fact]
    public void A_server_that_comes_up_is_noticed_soon()
    {
        using var reserved = new RawServer("");
        var port = reserved.Port;
        reserved.Dispose();
        var begun = Stopwatch.StartNew();
        using var later = new Timer(_ => Process.Start("python3", ["-c",
            $"import socket;s=socket.create_server(('127.0.0.1',{port}));c,_=s.accept();c.recv(999);c.sendall(b'HTTP/1.1 204 x\\r\\n\\r\\n')"]).Dispose(), null, 300, Timeout.Infinite);

        var outcome = Do($"http: {{ url: 'http://localhost:{port}/', within: 20s }}");

        outcome.Should().BeOfType<StepOutcome.Succeeded>().Which.Note.Should().StartWith("204 at try ");
        begun.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(15));
    }

    [Fact]
    public void A_server_that_hangs_is_left_after_the_time_of_a_try()
    {
        using var server = new RawServer("hang", RawServer.Ok("up"));

        Do($"http: {{ url: '{server.Url}/', try_timeout: 1s, interval: 10ms, within: 20s }}").Should().BeOfType<StepOutcome.Succeeded>().Which.Note.Should().StartWith("200 at try ");
    }

    [Fact]
    public void Within_bounds_even_a_single_try()
    {
        using var server = new RawServer("hang");
        var begun = Stopwatch.StartNew();

        Reason(Do($"http: {{ url: '{server.Url}/', try_timeout: 1m, within: 300ms }}")).Should().Contain("no answer in time (1 try in ");

        begun.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void The_end_of_the_event_is_told_apart()
    {
        using var server = new RawServer("hang");

        var outcome = Some.Step($"http: {server.Url}/").Run(new TestStepRun("/", TimeSpan.FromMilliseconds(300)));

        var over = outcome.Should().BeOfType<StepOutcome.TimedOut>().Subject;
        over.Of.Should().Be("the event's end");
        over.Detail.Should().Equal("last answer of 1 try: no answer in time");
    }

    [Fact]
    public void Told_to_stop_it_stops_at_once()
    {
        using var server = new RawServer("hang");
        var run = new TestStepRun("/");
        run.Told.CancelAfter(200);
        var begun = Stopwatch.StartNew();

        Some.Step($"http: {{ url: '{server.Url}/', try_timeout: 1m }}").Run(run).Should().Be(new StepOutcome.Stopped(15));

        begun.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void Only_the_first_mebibyte_is_read()
    {
        using var server = new RawServer("HTTP/1.1 200 OK\r\n\r\n" + new string('x', 1024 * 1024) + "needle" + new string('y', 4 * 1024 * 1024));

        Do($"http: {{ url: '{server.Url}/', body: xxxx, within: 5s }}").Should().BeOfType<StepOutcome.Succeeded>();
        Reason(Do($"http: {{ url: '{server.Url}/', body: needle, within: 3s, interval: 5s }}")).Should().Contain("does not contain `needle`");
    }

    [Fact]
    public void Under_simulation_another_host_is_only_recorded()
    {
        var run = new TestStepRun("/") { Simulated = true };

        Some.Step("http: http://10.0.0.1/health").Run(run).Should().Be(new StepOutcome.Succeeded("recorded"));

        run.Said.Should().Equal("recorded: GET http://10.0.0.1/health (`--network` would ask)");
    }

    [Fact]
    public void After_a_recorded_service_a_refused_port_is_not_checked_and_an_answer_is_judged()
    {
        var run = new TestStepRun("/") { Simulated = true, HasRecordedService = true };
        using var server = new RawServer("HTTP/1.1 500 X\r\nContent-Length: 0\r\n\r\n");

        Some.Step("http: http://localhost:1/health").Run(run).Should().Be(new StepOutcome.Succeeded("not checked"));
        Reason(Some.Step($"http: {server.Url}/").Run(run)).Should().Contain("status 500, not 2xx (1 try");

        run.Said.Should().Equal("not checked: GET http://localhost:1/health: nothing listens there, since the service was only recorded");
    }

    [Theory]
    [InlineData("http: 127.0.0.1:80/x", "1:7 `127.0.0.1:80/x` is no URL of http or https (write `http://127.0.0.1:8080/health`)")]
    [InlineData("http: ftp://a/x", "1:7 `ftp://a/x` is no URL of http or https (write `http://127.0.0.1:8080/health`)")]
    [InlineData("http: 'http:/localhost:80'", "1:7 `http:/localhost:80` is no URL of http or https (write `http://127.0.0.1:8080/health`)")]
    [InlineData("http: http://u:p@a/", "1:7 a URL with a user in it shows the password in every log (send it by `headers: { Authorization: ... }`)")]
    [InlineData("http: { url: http://a/, status: 20 }", "1:33 `20` is no status; expected one such as `200` or `2xx`")]
    [InlineData("http: { url: http://a/, matches: '(' }", "1:34 `(` is no usable regex: Invalid pattern '(' at offset 1. Not enough )'s. (look-around and back-references are not supported)")]
    [InlineData("http: { url: http://a/, headers: { 'a b': c } }", "1:43 `a b` is no name of a header")]
    [InlineData("http: { url: http://a/, headers: { a: \"b\\r\\nc: d\" } }", "1:39 the header `a` has a line break in it")]
    [InlineData("http: { url: http://a/, method: FETCH }", "1:33 `method` is `FETCH`; expected `GET`, `HEAD`, `POST`, `PUT`, `PATCH`, `DELETE`, `OPTIONS`")]
    [InlineData("http: { url: http://a/, times: 0 }", "1:32 `times` is `0`; expected a whole number from 1 to 100")]
    [InlineData("http: { url: http://a/, try_timeout: 0 }", "1:38 `try_timeout` is 0; expected a time")]
    [InlineData("http: { url: http://a/, attempts: 3 }", "1:25 unknown key `attempts` in `http` (did you mean `within`?)")]
    [InlineData("http: { status: 200 }", "1:7 `http` needs `url`: an http or https URL")]
    public void A_check_that_cannot_be_meant_is_refused(string step, string mistake) => Some.Mistakes(step).Should().Equal(mistake);

    [Theory]
    [InlineData("http: http://a/", "GET http://a/ until it answers with status 2xx; within 1m")]
    [InlineData("http: { url: https://a/, status: [200, 204], body: up, json: { a.b: c }, times: 3, follow: true, insecure: true, within: 5m }",
        "GET https://a/ until it answers with status 200 or 204 and `up` in its body and `a.b` being `c`, 3 times in a row; within 5m, following redirects, taking any certificate")]
    public void A_check_shows_what_it_does(string step, string words) => Some.Step(step).Describe().Should().Be(words);
}
