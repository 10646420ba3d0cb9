using HookRunner.Host.Os;
using HookRunner.Host.Steps.Http;

namespace HookRunner.Host.Steps.Aws;

/// <summary>
/// The instance metadata service by its second version: a token by PUT, then each value by GET with it. It is asked over
/// a connection of its own, never through a proxy. That it cannot be reached is found out once.
/// </summary>
/// <param name="environment">hookrunner's own: it may name another endpoint or switch the service off.</param>
internal sealed class MetadataService(IReadOnlyDictionary<string, string> environment)
{
    private const string TokenHeader = "X-aws-ec2-metadata-token", LifetimeHeader = "X-aws-ec2-metadata-token-ttl-seconds";

    /// <summary>Longer than any event; the longest there is.</summary>
    private const string Lifetime = "21600";

    private const int Unauthorized = 401, NotFound = 404, Tries = 3;

    private static readonly TimeSpan TryTime = TimeSpan.FromSeconds(1), Delay = TimeSpan.FromMilliseconds(100);

    private MetadataReply.Trouble? _trouble;
    private string? _token;

    /// <summary>The text at a path such as `meta-data/instance-id`.</summary>
    public MetadataReply Get(string path, Patience patience)
    {
        var isFresh = _token is null;
        if (Prepare(patience) is { } trouble)
        {
            return trouble;
        }

        var answer = Send("GET", path, (TokenHeader, _token!), patience);
        if (answer.Reply?.Status == Unauthorized && !isFresh)
        {
            _token = null;
            return Get(path, patience);
        }

        return answer.Reply switch
        {
            { Status: 200 } reply => new MetadataReply.Found(reply.Body),
            { Status: NotFound } => new MetadataReply.Absent(),
            _ => MetadataTrouble.Of(answer, $"`{path}`"),
        };
    }

    /// <summary>Null once there is a token.</summary>
    private MetadataReply.Trouble? Prepare(Patience patience)
    {
        return _trouble is null && _token is null
            ? _trouble = MetadataEndpoint.Find(environment) as MetadataReply.Trouble ?? FetchToken(patience)
            : _trouble;
    }

    private MetadataReply.Trouble? FetchToken(Patience patience)
    {
        var answer = Send("PUT", "api/token", (LifetimeHeader, Lifetime), patience);
        if (answer.Reply is not { Status: 200 } reply || !IsToken(reply.Body))
        {
            return MetadataTrouble.OfToken(answer);
        }

        _token = reply.Body;
        return null;
    }

    /// <summary>It goes into a header.</summary>
    private static bool IsToken(string text) => text.Length > 0 && text.All(letter => letter is > ' ' and <= '~');

    private MetadataAnswer Send(string method, string path, (string Name, string Value) header, Patience patience)
    {
        var endpoint = ((MetadataReply.Found)MetadataEndpoint.Find(environment)).Text;
        var call = new HttpCall { Url = new Uri($"{endpoint}/latest/{path}"), Method = method, Headers = [header] };
        for (var attempt = 1; ; attempt++)
        {
            var answer = Once(call, new Patience(Deadline.After(TryTime, "").Sooner(patience.End), patience.Stop));
            if (attempt == Tries || !answer.IsWorthAnother || patience.IsOver)
            {
                return answer with { Endpoint = endpoint, Tries = attempt };
            }

            // Many instances start in one moment, but each has a service of its own: a little spread is enough.
            patience.Stop.WaitHandle.WaitOne(Delay * (attempt + Random.Shared.NextDouble()));
        }
    }

    private static MetadataAnswer Once(HttpCall call, Patience patience)
    {
        if (TcpConnection.Open(call.Url.DnsSafeHost, call.Url.Port, patience, out var connection) is { } unreached)
        {
            return new MetadataAnswer { Error = unreached };
        }

        using (connection)
        {
            if (connection!.Write(call.ToBytes()) is { } unsent)
            {
                return new MetadataAnswer { IsReached = true, Error = unsent };
            }

            var answer = HttpExchange.Read(call, connection.Read) as HttpTry.Answered;
            return new MetadataAnswer { IsReached = true, Reply = answer?.Reply };
        }
    }
}
