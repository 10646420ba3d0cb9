using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using HookRunner.Host.Os;
using static HookRunner.Host.Steps.Http.HttpTry;

namespace HookRunner.Host.Steps.Http;

/// <summary>Sends one request and reads its answer, over a connection of its own. The framework's client would cost megabytes.</summary>
/// <param name="run">Starts curl where the request goes over TLS.</param>
/// <param name="patience">Bounds all of it.</param>
internal sealed class HttpExchange(StepRun run, Patience patience)
{
    private const int MostRedirects = 5, MostHeaders = 200;

    private static readonly NoAnswer Slow = new("no answer in time", "does it hang? `try_timeout` bounds each try");

    /// <summary>What a network can do is an answer, never an exception.</summary>
    public HttpTry Send(HttpCall call, bool follow)
    {
        for (var redirects = 0; ; redirects++)
        {
            var outcome = Once(call);
            if (!follow || outcome is not Answered { Reply: { Status: 301 or 302 or 303 or 307 or 308 } reply } || reply.Header("Location") is not { } location)
            {
                return outcome;
            }

            if (redirects == MostRedirects || call.Redirected(reply.Status, location) is not { } next)
            {
                return new NoAnswer(redirects == MostRedirects ? $"more than {MostRedirects} redirects, the last to {location}" : $"a redirect to `{location}`");
            }

            call = next;
        }
    }

    private HttpTry Once(HttpCall call)
    {
        if (call.IsTls)
        {
            return HttpsByCurl.Ask(run, call, patience.End.Remaining, answer => Read(call, answer));
        }

        if (TcpConnection.Open(call.Url.DnsSafeHost, call.Url.Port, patience, out var connection) is { } error)
        {
            return Unreached(call, error);
        }

        using (connection)
        {
            return connection!.Write(call.ToBytes()) is { } unsent ? Unreached(call, unsent) : Read(call, connection.Read);
        }
    }

    private static NoAnswer Unreached(HttpCall call, PosixError error) => error.Number switch
    {
        Errno.ECONNREFUSED => new NoAnswer("connection refused", $"does anything listen on port {call.Url.Port}? `ss -ltnp` shows what does", IsRefused: true),
        Errno.ETIMEDOUT or Errno.ECANCELED => Slow,
        Errno.ENOENT => new NoAnswer($"host `{call.Url.DnsSafeHost}` is not known"),
        Errno.ECONNRESET or Errno.EPIPE => new NoAnswer("connection reset"),
        _ => new NoAnswer(Errno.Describe(error.Number)),
    };

    /// <summary>The answer to a request that was sent, however it got there.</summary>
    public static HttpTry Read(HttpCall call, HttpSource source)
    {
        var input = new HttpInput(source);
        while (true)
        {
            var line = input.Line();
            if (line is null || Status(line) is not { } status)
            {
                return input.Problem is { } problem ? Unreached(call, problem) : NoHttp(call, line ?? input.Garbage());
            }

            if (Headers(input) is not { } headers)
            {
                return input.Problem is { } problem ? Unreached(call, problem) : new NoAnswer("its headers are too many, too long or cut off");
            }

            if (status is < 100 or >= 200)
            {
                return Answer(call, new HttpReply(line, status, headers, ""), input);
            }
        }
    }

    private static NoAnswer NoHttp(HttpCall call, string first) => new(
        first.Length == 0 ? "it closed the connection without an answer" : "it answered with something that is no HTTP",
        call.IsTls ? null : "does it speak https?");

    private static HttpTry Answer(HttpCall call, HttpReply reply, HttpInput input)
    {
        if (call.Method == "HEAD" || reply.Status is 204 or 304)
        {
            return new Answered(reply, call.Url);
        }

        var body = new HttpBody(input);
        var problem = body.Read(reply.Header("Transfer-Encoding"), reply.Header("Content-Length"));
        return input.Problem is { } cut ? Unreached(call, cut) : problem is null
            ? new Answered(reply with { Body = Encoding.UTF8.GetString(body.Bytes) }, call.Url)
            : new NoAnswer($"{reply.StatusLine}, but {problem}");
    }

    private static int? Status(string line) =>
        line.StartsWith("HTTP/1.", StringComparison.Ordinal)
        && line.Split(' ', 3) is [_, { Length: 3 } code, ..]
        && int.TryParse(code, NumberStyles.None, CultureInfo.InvariantCulture, out var status)
            ? status
            : null;

    private static ImmutableArray<(string Name, string Value)>? Headers(HttpInput input)
    {
        var headers = ImmutableArray.CreateBuilder<(string, string)>();
        while (headers.Count < MostHeaders)
        {
            var line = input.Line();
            if (line is null or "")
            {
                return line is null ? null : headers.ToImmutable();
            }

            if (line.IndexOf(':', StringComparison.Ordinal) is var at and > 0)
            {
                headers.Add((line[..at].Trim(), line[(at + 1)..].Trim()));
            }
        }

        return null;
    }
}
