using System.Globalization;
using System.Text;
using HookRunner.Host.Os;
using HookRunner.Host.Processes;
using static HookRunner.Host.Steps.Http.HttpTry;

namespace HookRunner.Host.Steps.Http;

/// <summary>
/// One https request, through curl. TLS linked in would be a quarter of the executable, and the framework's aborts the
/// process on a host without the OpenSSL it knows. The request is in a file without a name, since headers may be secret
/// and everyone can read a command line; so is the answer.
/// </summary>
internal static class HttpsByCurl
{
    private const uint CloseOnExec = 1;

    /// <summary>Null where an answer came: <paramref name="answer"/> then holds it as it went over the wire.</summary>
    public static NoAnswer? Ask(StepRun run, HttpCall call, TimeSpan most, out Stream answer)
    {
        var received = Nameless("hookrunner-answer");
        answer = received;
        using var request = Nameless("hookrunner-request");
        request.Write(Encoding.UTF8.GetBytes(Configuration(call, most, PathOf(received))));
        request.Flush();
        var report = run.RunHelper(["curl", "--disable", "--config", PathOf(request)], most + TimeSpan.FromSeconds(1));
        return report.End switch
        {
            ProcessEnd.Exited { Status: 0 } => null,
            ProcessEnd.Exited when received.Length > 0 => null,
            ProcessEnd.Exited exited => Explain(exited.Status, Said(report), call),
            ProcessEnd.NotStarted => new NoAnswer("https needs `curl`, which this host does not have", "install curl, or ask the http port behind it"),
            _ => new NoAnswer("no answer in time", "does it hang? `try_timeout` bounds each try"),
        };
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

    private static FileStream Nameless(string name) =>
        new(new Microsoft.Win32.SafeHandles.SafeFileHandle((nint)Libc.CreateNamelessFile(name, CloseOnExec), ownsHandle: true), FileAccess.ReadWrite, 1);

    private static string PathOf(FileStream file) => string.Create(CultureInfo.InvariantCulture,
        $"/proc/{Environment.ProcessId}/fd/{file.SafeFileHandle.DangerousGetHandle()}");
}
