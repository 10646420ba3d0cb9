using System.Net.Security;
using System.Runtime.InteropServices;
using System.Security.Authentication;
using static HookRunner.Host.Steps.Http.HttpTry;

namespace HookRunner.Host.Steps.Http;

/// <summary>The only place that touches TLS. On a host without OpenSSL the framework aborts the process at its first use, so that is asked before.</summary>
internal static class HttpTls
{
    /// <summary>Names under which the framework looks for it (opensslshim.c of .NET 10).</summary>
    private static readonly string[] Libraries =
        ["libssl.so.3", "libssl.so.1.1", "libssl.so.111", "libssl.so.10", "libssl.so.1.0.2", "libssl.so.1.0.0"];

    /// <summary>Null where TLS can be used.</summary>
    public static NoAnswer? WhyNot() => Array.Exists(Libraries, library => NativeLibrary.TryLoad(library, out _))
        ? null
        : new NoAnswer("this host has no OpenSSL, which https needs", "install `openssl` (libssl), or check the http port behind it");

    public static async Task<Stream> Secure(Stream stream, HttpCall call, CancellationToken bound)
    {
        var secured = new SslStream(stream);
        await secured.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = call.Url.DnsSafeHost,
                RemoteCertificateValidationCallback = (_, _, _, errors) => call.IsInsecure || errors == SslPolicyErrors.None,
            },
            bound);
        return secured;
    }

    /// <summary>A failed handshake in words; null where it is another matter.</summary>
    public static NoAnswer? Explain(Exception exception) => exception switch
    {
        AuthenticationException { Message: var message } when message.Contains("certificate", StringComparison.OrdinalIgnoreCase) =>
            new NoAnswer("its certificate is not trusted here", "`insecure: true` takes any certificate"),
        AuthenticationException => new NoAnswer($"no TLS connection: {exception.InnerException?.Message ?? exception.Message}", "does it speak plain http?"),
        _ => null,
    };
}
