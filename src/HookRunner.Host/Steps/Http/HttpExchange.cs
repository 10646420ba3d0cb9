using System.Collections.Immutable;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using static HookRunner.Host.Steps.Http.HttpTry;

namespace HookRunner.Host.Steps.Http;

/// <summary>Sends one request and reads its answer, over a connection of its own. The framework's client would cost megabytes and milliseconds.</summary>
/// <param name="run">Starts curl where the request goes over TLS.</param>
/// <param name="most">The time for all of it.</param>
/// <param name="bound">Cancelled after that time, or when hookrunner is told to stop.</param>
internal sealed class HttpExchange(StepRun run, TimeSpan most, CancellationToken bound)
{
    private const int MostRedirects = 5, MostHeaders = 200;

    /// <summary>What a network can do is an answer, never an exception.</summary>
    public async Task<HttpTry> Send(HttpCall call, bool follow)
    {
        for (var redirects = 0; ; redirects++)
        {
            var outcome = await Once(call);
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

    private async Task<HttpTry> Once(HttpCall call)
    {
        try
        {
            if (call.IsTls)
            {
                return HttpsByCurl.Ask(run, call, most, out var answer) ?? await Read(call, answer);
            }

            var connection = await HttpConnection.Open(call.Url, bound);
            await using var stream = new NetworkStream(connection, ownsSocket: true);
            await stream.WriteAsync(call.ToBytes(), bound);
            return await Read(call, stream);
        }
        catch (OperationCanceledException)
        {
            return new NoAnswer("no answer in time", "does it hang? `try_timeout` bounds each try");
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode is SocketError.ConnectionRefused
                ? new NoAnswer("connection refused", $"does anything listen on port {call.Url.Port}? `ss -ltnp` shows what does", IsRefused: true)
                : new NoAnswer(e.SocketErrorCode is SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData
                    ? $"host `{call.Url.DnsSafeHost}` is not known" : e.Message);
        }
        catch (IOException e)
        {
            return new NoAnswer(e.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionReset } ? "connection reset" : e.Message);
        }
    }

    private async Task<HttpTry> Read(HttpCall call, Stream stream)
    {
        var input = new HttpInput(stream, bound);
        while (true)
        {
            var line = await input.Line();
            if (line is null || Status(line) is not { } status)
            {
                var first = line ?? input.Garbage();
                return first.Length == 0
                    ? new NoAnswer("it closed the connection without an answer", call.IsTls ? null : "does it speak https?")
                    : new NoAnswer("it answered with something that is no HTTP", call.IsTls ? null : "does it speak https?");
            }

            if (await Headers(input) is not { } headers)
            {
                return new NoAnswer("its headers are too many, too long or cut off");
            }

            if (status is < 100 or >= 200)
            {
                return await Answer(call, new HttpReply(line, status, headers, ""), input);
            }
        }
    }

    private static async Task<HttpTry> Answer(HttpCall call, HttpReply reply, HttpInput input)
    {
        if (call.Method == "HEAD" || reply.Status is 204 or 304)
        {
            return new Answered(reply, call.Url);
        }

        var body = new HttpBody(input);
        var problem = await body.Read(reply.Header("Transfer-Encoding"), reply.Header("Content-Length"));
        return problem is null
            ? new Answered(reply with { Body = Encoding.UTF8.GetString(body.Bytes) }, call.Url)
            : new NoAnswer($"{reply.StatusLine}, but {problem}");
    }

    private static int? Status(string line) =>
        line.StartsWith("HTTP/1.", StringComparison.Ordinal)
        && line.Split(' ', 3) is [_, { Length: 3 } code, ..]
        && int.TryParse(code, NumberStyles.None, CultureInfo.InvariantCulture, out var status)
            ? status
            : null;

    private static async Task<ImmutableArray<(string Name, string Value)>?> Headers(HttpInput input)
    {
        var headers = ImmutableArray.CreateBuilder<(string, string)>();
        while (headers.Count < MostHeaders)
        {
            var line = await input.Line();
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
