using System.Globalization;
using System.Text;
using HookRunner.Host.Os;
using HookRunner.Host.Output;
using HookRunner.Host.Processes;
using static HookRunner.Host.Steps.Http.HttpTry;

namespace HookRunner.Host.Steps.Http;

/// <summary>
/// One https request, through curl. The framework's TLS would be a quarter of the executable, and aborts the process on a
/// host without the OpenSSL it knows; verifying certificates is nothing to write oneself. The request is in a file without a name, since headers may be secret
/// and everyone can read a command line; so is the answer.
/// </summary>
internal static class HttpsByCurl
{
    private const uint CloseOnExec = 1;

    /// <summary>What <paramref name="read"/> makes of the answer as it went over the wire, or why there is none.</summary>
    public static HttpTry Ask(StepRun run, HttpCall call, TimeSpan most, Func<HttpSource, HttpTry> read)
    {
        var (request, answer) = (Nameless("hookrunner-request"), Nameless("hookrunner-answer"));
        try
        {
            WriteAll(request, Encoding.UTF8.GetBytes(Configuration(call, most, PathOf(answer))));
            var report = run.RunHelper(["curl", "--disable", "--config", PathOf(request)], most + TimeSpan.FromSeconds(1));
            return report.End switch
            {
                ProcessEnd.Exited { Status: 0 } => read(From(answer)),
                ProcessEnd.Exited when Libc.Seek(answer, 0, 2) > 0 => read(From(answer)),
                ProcessEnd.Exited exited => Explain(exited.Status, Said(report), call),
                ProcessEnd.NotStarted => new NoAnswer("https needs `curl`, which this host does not have", "install curl, or ask the http port behind it", IsHopeless: true),
                _ => new NoAnswer("no answer in time", "does it hang? `try_timeout` bounds each try"),
            };
        }
        finally
        {
            _ = Libc.Close(request);
            _ = Libc.Close(answer);
        }
    }

    /// <summary>EXIT CODES of curl(1).</summary>
    private static NoAnswer Explain(int status, string said, HttpCall call) => status switch
    {
        6 => new NoAnswer($"host `{call.Url.DnsSafeHost}` is not known"),
        7 => new NoAnswer("connection refused", $"does anything listen on port {call.Url.Port}? `ss -ltnp` shows what does", IsRefused: true),
        28 => new NoAnswer("no answer in time", "does it hang? `try_timeout` bounds each try"),
        35 => new NoAnswer($"no TLS connection: {said}", "does it speak plain http?"),
        51 or 60 => new NoAnswer("its certificate is not trusted here", "`insecure: true` takes any certificate"),
        52 => new NoAnswer("it closed the connection without an answer"),
        56 => new NoAnswer("connection reset"),
        _ => new NoAnswer(string.Create(CultureInfo.InvariantCulture, $"curl ended with {status}: {said}")),
    };

    /// <summary>What `--config` reads: one option a line, values between quotes.</summary>
    private static string Configuration(HttpCall call, TimeSpan most, string output)
    {
        var text = new StringBuilder("silent\nshow-error\ninclude\nraw\nhttp1.1\ngloboff\nnoproxy = \"*\"\n");
        text.Append(CultureInfo.InvariantCulture, $"max-time = {Math.Max(0.001, most.TotalSeconds):0.000}\n");
        Append(text, "url", call.Url.AbsoluteUri);
        Append(text, "output", output);
        if (call.Method == "HEAD")
        {
            text.Append("head\n");
        }
        else
        {
            Append(text, "request", call.Method);
        }

        if (call.IsInsecure)
        {
            text.Append("insecure\n");
        }

        foreach (var (name, value) in call.AllHeaders)
        {
            Append(text, "header", $"{name}: {value}");
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, string option, string value) =>
        text.Append(option).Append(" = \"")
            .Append(value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal))
            .Append("\"\n");

    /// <summary>curl's own words, without its name and number.</summary>
    private static string Said(ProcessReport report)
    {
        var line = report.Tail.LastOrDefault() ?? "";
        var end = line.IndexOf(") ", StringComparison.Ordinal);
        return line.StartsWith("curl: (", StringComparison.Ordinal) && end > 0 ? line[(end + 2)..] : line;
    }

    private static int Nameless(string name) => (int)Libc.CreateNamelessFile(name, CloseOnExec);

    private static string PathOf(int descriptor) => string.Create(CultureInfo.InvariantCulture, $"/proc/{Environment.ProcessId}/fd/{descriptor}");

    /// <summary>To memory: it is written whole, or there is none left.</summary>
    private static unsafe void WriteAll(int descriptor, byte[] bytes)
    {
        fixed (byte* start = bytes)
        {
            _ = Libc.Write(descriptor, start, bytes.Length);
        }
    }

    private static HttpSource From(int descriptor)
    {
        long offset = 0;
        return (Span<byte> buffer, out int count) =>
        {
            count = LogFile.Read(descriptor, buffer, offset);
            offset += count;
            return null;
        };
    }
}
