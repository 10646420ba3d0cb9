using System.Net;
using System.Net.Sockets;
using System.Text;

namespace HookRunner.Host.Tests.Aws;

/// <summary>
/// What of AWS the tests need, on this machine: an instance's metadata, and the few calls that the AWS CLI makes for
/// parameters, secrets, objects, logs and topics. It takes any signature.
/// </summary>
internal sealed partial class LocalAws : IDisposable
{
    private readonly HttpListener _listener;
    private readonly List<string> _calls = [];

    public LocalAws(string host = "127.0.0.1", int? port = null)
    {
        (_listener, Port) = Listen(host, port);
        Url = $"http://{host}:{Port}";
        new Thread(Serve) { IsBackground = true }.Start();
    }

    public int Port { get; }

    public string Url { get; }

    /// <summary>Each call as it came: `AmazonSSM.GetParameter`, `GET /bucket/key`, `PUT /latest/api/token`.</summary>
    public List<string> Calls
    {
        get
        {
            lock (_calls)
            {
                return [.. _calls];
            }
        }
    }

    /// <summary>What a call is refused with; null: it is answered. Asked with the call and how often it came before.</summary>
    public Func<string, int, Refusal?> Refuses { get; set; } = (_, _) => null;

    internal sealed record Refusal(int Status, string Code, string Message = "for a test");

    public void Dispose() => _listener.Close();

    /// <summary>A port that is free now may not be in a moment: then another is.</summary>
    private static (HttpListener Listener, int Port) Listen(string host, int? port)
    {
        for (var attempt = 1; ; attempt++)
        {
            var chosen = port ?? FreePort();
            var listener = new HttpListener();
            listener.Prefixes.Add($"http://{host}:{chosen}/");
            try
            {
                listener.Start();
                return (listener, chosen);
            }
            catch (HttpListenerException) when (attempt < 10 && port is null)
            {
                listener.Close();
            }
        }
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    /// <summary>On threads of its own: those of the pool wait for the tests' programs, which wait for this.</summary>
    private void Serve()
    {
        try
        {
            while (_listener.IsListening)
            {
                var context = _listener.GetContext();
                new Thread(() => Answer(context)) { IsBackground = true }.Start();
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
        }
    }

    private void Answer(HttpListenerContext context)
    {
        using var body = new MemoryStream();
        context.Request.InputStream.CopyTo(body);
        var call = new Call(context, body.ToArray());
        int before;
        lock (_calls)
        {
            before = _calls.Count(name => name == call.Name);
            _calls.Add(call.Name);
        }

        try
        {
            if (Refuses(call.Name, before) is { } refusal)
            {
                call.Refuse(refusal);
            }
            else if (call.Path.StartsWith("/latest/", StringComparison.Ordinal))
            {
                AnswerMetadata(call);
            }
            else if (call.Target.Length > 0)
            {
                AnswerTarget(call);
            }
            else if (call.Method == "POST" && call.Path == "/")
            {
                AnswerTopic(call);
            }
            else
            {
                AnswerObject(call);
            }
        }
        catch (Exception e) when (e is IOException or HttpListenerException or ObjectDisposedException)
        {
        }
    }

    /// <summary>One request and its answer.</summary>
    private sealed class Call(HttpListenerContext context, byte[] body)
    {
        public string Method => context.Request.HttpMethod;

        public string Path { get; } = Uri.UnescapeDataString(context.Request.Url!.AbsolutePath);

        public string Target => context.Request.Headers["X-Amz-Target"] ?? "";

        public byte[] Body => body;

        public string Text => Encoding.UTF8.GetString(body);

        public string Name => Target.Length > 0 ? Target
            : Path == "/" ? "SNS." + (Form.GetValueOrDefault("Action") ?? "?")
            : $"{Method} {Path}";

        public Dictionary<string, string> Form => Text.Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('=', 2))
            .ToDictionary(pair => Decoded(pair[0]), pair => Decoded(pair[^1]));

        public string? Header(string name) => context.Request.Headers[name];

        public void Reply(string text, string type = "text/plain", int status = 200) => Reply(Encoding.UTF8.GetBytes(text), type, status);

        public void Reply(byte[] bytes, string type, int status = 200, params (string Name, string Value)[] headers)
        {
            var response = context.Response;
            (response.StatusCode, response.ContentType, response.ContentLength64) = (status, type, bytes.Length);
            foreach (var (name, value) in headers)
            {
                response.AddHeader(name, value);
            }

            if (Method != "HEAD")
            {
                response.OutputStream.Write(bytes);
            }

            response.Close();
        }

        public void Refuse(Refusal refusal)
        {
            var isJson = Target.Length > 0;
            Reply(isJson
                    ? System.Text.Json.JsonSerializer.Serialize(new Dictionary<string, string> { ["__type"] = refusal.Code, ["message"] = refusal.Message })
                    : Path == "/"
                        ? $"<ErrorResponse><Error><Type>Sender</Type><Code>{refusal.Code}</Code><Message>{refusal.Message}</Message></Error></ErrorResponse>"
                        : $"<Error><Code>{refusal.Code}</Code><Message>{refusal.Message}</Message></Error>",
                isJson ? "application/x-amz-json-1.1" : "text/xml",
                refusal.Status);
        }

        private static string Decoded(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
    }
}
