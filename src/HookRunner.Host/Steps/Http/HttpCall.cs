using System.Collections.Immutable;
using System.Text;

namespace HookRunner.Host.Steps.Http;

/// <summary>One request, all known.</summary>
internal sealed record HttpCall
{
    public required Uri Url { get; init; }

    public required string Method { get; init; }

    public ImmutableArray<(string Name, string Value)> Headers { get; init; } = [];

    /// <summary>Any certificate will do.</summary>
    public bool IsInsecure { get; init; }

    public bool IsTls => Url.Scheme == Uri.UriSchemeHttps;

    /// <summary>Where it stays on this machine.</summary>
    public bool IsLoopback => Url.IsLoopback
        || Url.DnsSafeHost is "0.0.0.0" or "::"
        || Url.Host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase);

    /// <summary>A header that was given stands in place of ours.</summary>
    public IEnumerable<(string Name, string Value)> AllHeaders => Usual().Where(usual => !Has(usual.Name)).Concat(Headers);

    /// <summary>As it goes over the wire (RFC 9112).</summary>
    public byte[] ToBytes()
    {
        var text = new StringBuilder();
        text.Append(Method).Append(' ').Append(Url.PathAndQuery).Append(" HTTP/1.1\r\n");
        foreach (var (name, value) in AllHeaders)
        {
            text.Append(name).Append(": ").Append(value).Append("\r\n");
        }

        return Encoding.UTF8.GetBytes(text.Append("\r\n").ToString());
    }

    /// <summary>The request that an answer sends us on to; null where that is no URL of http. Credentials stay with their host.</summary>
    public HttpCall? Redirected(int status, string location)
    {
        if (!Uri.TryCreate(Url, location, out var url) || (url.Scheme != Uri.UriSchemeHttp && url.Scheme != Uri.UriSchemeHttps))
        {
            return null;
        }

        var keepsMethod = status is 307 or 308 || Method is "GET" or "HEAD";
        return this with
        {
            Url = url,
            Method = keepsMethod ? Method : "GET",
            Headers = url.Authority == Url.Authority ? Headers : [.. Headers.Where(header => !IsForOneHost(header.Name))],
        };
    }

    private static bool IsForOneHost(string header) => header.ToUpperInvariant() is "AUTHORIZATION" or "COOKIE" or "HOST";

    private IEnumerable<(string Name, string Value)> Usual()
    {
        yield return ("Host", Url.Authority);
        yield return ("User-Agent", "hookrunner");
        yield return ("Accept", "*/*");
        yield return ("Connection", "close");
        if (Method is "POST" or "PUT" or "PATCH")
        {
            yield return ("Content-Length", "0");
        }
    }

    private bool Has(string name) => Headers.Any(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}
