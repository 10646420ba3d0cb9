using HookRunner.Host.Os;
using static HookRunner.Host.Steps.Http.HttpTry;

namespace HookRunner.Host.Steps.Http;

/// <summary>Secures a connection for https, and says why where that cannot be.</summary>
internal static class HttpTls
{
    /// <summary>Null where it is secured.</summary>
    public static NoAnswer? Secure(TcpConnection connection, HttpCall call, out TlsConnection? secured)
    {
        secured = null;
        if (OpenSsl.Find() is not { } openSsl)
        {
            return new NoAnswer("this host has no OpenSSL, which https needs", "install `openssl` (libssl), or check the http port behind it");
        }

        var isAddress = call.Url.HostNameType is UriHostNameType.IPv4 or UriHostNameType.IPv6;
        var peer = new TlsPeer(call.Url.DnsSafeHost, isAddress, call.IsInsecure);
        var problem = TlsConnection.Open(openSsl, connection, peer, out var tls, out var certificate);
        if (problem is null)
        {
            secured = tls;
            return null;
        }

        tls.Dispose();
        return certificate is null
            ? new NoAnswer($"no TLS connection: {problem}", "does it speak plain http?")
            : new NoAnswer($"its certificate is not trusted here: {certificate}", "`insecure: true` takes any certificate");
    }
}
