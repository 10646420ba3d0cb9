using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace HookRunner.Host.Tests.Steps;

/// <summary>A server that answers each connection with the next of the given texts, byte for byte; the last one again and again.</summary>
internal sealed class RawServer : IDisposable
{
    private readonly TcpListener _listener;
    private readonly string[] _answers;
    private readonly X509Certificate2? _certificate;
    private readonly CancellationTokenSource _stop = new();

    public RawServer(params string[] answers)
        : this(IPAddress.Loopback, false, answers)
    {
    }

    public RawServer(IPAddress address, bool speaksTls, params string[] answers)
    {
        _answers = answers;
        _certificate = speaksTls ? SelfSigned() : null;
        _listener = new TcpListener(address, 0);
        _listener.Start();
        _ = Task.Run(Serve);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public string Url => $"http://127.0.0.1:{Port}";

    /// <summary>Each request as it came, up to its empty line.</summary>
    public List<string> Requests { get; } = [];

    public static string Ok(string body) => $"HTTP/1.1 200 OK\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}";

    public void Dispose()
    {
        if (!_stop.IsCancellationRequested)
        {
            _stop.Cancel();
            _listener.Dispose();
        }
    }

    private async Task Serve()
    {
        try
        {
            for (var i = 0; ; i++)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                _ = Answer(client, _answers[Math.Min(i, _answers.Length - 1)]);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or SocketException)
        {
        }
    }

    private async Task Answer(TcpClient client, string answer)
    {
        using (client)
        {
            try
            {
                Stream stream = client.GetStream();
                if (_certificate is not null)
                {
                    var secured = new SslStream(stream);
                    await secured.AuthenticateAsServerAsync(_certificate);
                    stream = secured;
                }

                await Read(stream);
                if (answer == "hang")
                {
                    await Task.Delay(Timeout.Infinite, _stop.Token);
                }

                await stream.WriteAsync(Encoding.Latin1.GetBytes(answer));
                await stream.FlushAsync();
            }
            catch (Exception e) when (e is IOException or OperationCanceledException or System.Security.Authentication.AuthenticationException)
            {
            }
        }
    }

    private async Task Read(Stream stream)
    {
        var text = "";
        var buffer = new byte[4096];
        while (!text.Contains("\r\n\r\n", StringComparison.Ordinal) && await stream.ReadAsync(buffer) is var count and > 0)
        {
            const byte handshake = 0x16;
            text += Encoding.UTF8.GetString(buffer, 0, count);
            if (buffer[0] == handshake)
            {
                break;
            }
        }

        lock (Requests)
        {
            Requests.Add(text);
        }
    }

    private static X509Certificate2 SelfSigned()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pfx), null);
    }
}
