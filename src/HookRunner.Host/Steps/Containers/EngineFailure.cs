using HookRunner.Core.Steps;
using HookRunner.Host.Processes;

namespace HookRunner.Host.Steps.Containers;

/// <summary>Why docker or podman did not do it, with what to do where their words are known.</summary>
internal static class EngineFailure
{
    private static readonly (string Phrase, string Hint)[] Known =
    [
        ("Cannot connect to the Docker daemon", "does it run? `systemctl status docker`"),
        ("permission denied while trying to connect", "run the hook as root (leave out `runas`)"),
        ("port is already allocated", "`ss -ltnp` shows who listens on that port"),
        ("address already in use", "`ss -ltnp` shows who listens on that port"),
        ("no basic auth credentials", "log in before it: `container: { login: REGISTRY }`"),
        ("unauthorized", "log in before it: `container: { login: REGISTRY }`"),
        ("authentication required", "log in before it: `container: { login: REGISTRY }`"),
        ("access to the resource is denied", "is the name right? log in before it: `container: { login: REGISTRY }`"),
        ("toomanyrequests", "the registry limits how often it is asked: log in before it, or use a mirror"),
        ("manifest unknown", "is this tag pushed?"),
        ("no space left on device", "`container: { prune: true }` removes images that nothing uses and no name points to"),
        ("exec format error", "the image is for another kind of processor"),
        ("executable file not found", "does the image have this program?"),
    ];

    private static readonly string[] Missing = ["no such container", "no such object", "no such image", "image not known"];

    /// <summary>What was asked about is not there: an answer, and no failure.</summary>
    public static bool SaysMissing(ProcessReport report) => report.End is ProcessEnd.Exited { Status: not 0 }
        && Array.Exists(Missing, phrase => Says(report, phrase));

    /// <summary>Null where it ended well.</summary>
    public static StepOutcome? Of(StepRun run, ProcessReport report, string command)
    {
        if (report.End is not ProcessEnd.Exited exited)
        {
            return run.Judge(report, command);
        }

        if (exited.Status == 0)
        {
            return null;
        }

        var hint = Known.FirstOrDefault(known => Says(report, known.Phrase)).Hint;
        var said = Said(report);
        return new StepOutcome.Failed(
            said.Length == 0 ? $"`{command}` ended with exit status {exited.Status}" : $"`{command}`: {said}", hint, exited.Status, report.Tail);
    }

    /// <summary>Whether its output holds these words.</summary>
    public static bool Says(ProcessReport report, string phrase) =>
        report.Tail.Any(line => line.Contains(phrase, StringComparison.OrdinalIgnoreCase));

    /// <summary>The line that says what is wrong, without what every such line begins with.</summary>
    private static string Said(ProcessReport report)
    {
        var line = report.Tail.FirstOrDefault(line => line.StartsWith("Error", StringComparison.OrdinalIgnoreCase))
            ?? report.Tail.FirstOrDefault(line => line.Length > 0 && !line.StartsWith("time=", StringComparison.Ordinal))
            ?? "";
        foreach (var prefix in (string[])["Error response from daemon: ", "Error: ", "ERROR: "])
        {
            line = line.StartsWith(prefix, StringComparison.Ordinal) ? line[prefix.Length..] : line;
        }

        return line;
    }
}
