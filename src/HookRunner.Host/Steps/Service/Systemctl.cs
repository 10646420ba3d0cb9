using System.Collections.Immutable;
using System.Globalization;
using HookRunner.Core.Steps;
using HookRunner.Core.Values;
using HookRunner.Host.Processes;

namespace HookRunner.Host.Steps.Service;

/// <summary>Talks to systemd through its own program; every answer that is none is an outcome.</summary>
internal sealed class Systemctl(StepRun run, ServiceRequest request)
{
    private static readonly string[] OutOfReach =
    [
        "System has not been booted with systemd", "Failed to connect to bus", "Failed to get D-Bus connection", "Host is down",
    ];

    private static readonly string[] Denied = ["Access denied", "authentication required", "Permission denied", "Operation not permitted"];

    private readonly DateTimeOffset _since = DateTimeOffset.UtcNow;

    /// <summary>The states of units in one call; null together with why not.</summary>
    public ImmutableArray<UnitState>? Show(ImmutableArray<string> units, out StepOutcome? failure)
    {
        var report = run.RunHelper(["systemctl", "show", "-p", UnitState.Properties, "--", .. units]);
        failure = Failure(report, "systemctl show");
        if (failure is not null)
        {
            return null;
        }

        var states = UnitState.Parse(units, report.Captured);
        failure = states.Length == units.Length ? null : new StepOutcome.Failed($"systemctl show told nothing of {string.Join(", ", units)}");
        return failure is null ? states : null;
    }

    /// <summary>Null where it was done.</summary>
    public StepOutcome? Do(params ImmutableArray<string> words)
    {
        var report = run.RunHelper(["systemctl", .. words], request.Within);
        var command = $"systemctl {string.Join(' ', words)}";
        return report.End is ProcessEnd.TimedOut && !run.Deadline.HasPassed
            ? new StepOutcome.Failed($"`{command}` was not done within {Duration.Format(request.Within)}; systemd goes on with it")
            : Failure(report, command);
    }

    /// <summary>Whether it starts at boot. Of a script of init.d systemd itself keeps no such state, but its program knows.</summary>
    public bool IsEnabled(UnitState state) => state.FileState is "generated" or "bad" or ""
        ? run.RunHelper(["systemctl", "is-enabled", "--quiet", "--", state.Name]).End is ProcessEnd.Exited { Status: 0 }
        : state.IsEnabled;

    /// <summary>The last lines of a unit's journal since this step began, at most <paramref name="most"/>. It may come a moment late.</summary>
    public ImmutableArray<string> Journal(string unit, int most = 12)
    {
        var lines = Lines(unit, most);
        return lines.Length > 0 || !run.Pause(TimeSpan.FromMilliseconds(300)) ? lines : Lines(unit, most);
    }

    private ImmutableArray<string> Lines(string unit, int most)
    {
        var since = _since.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var report = run.RunHelper(
            ["journalctl", "-q", "--no-pager", "-o", "cat", "-n", $"{most}", $"--since=@{since}", "-u", unit],
            TimeSpan.FromSeconds(5));
        return report.End is ProcessEnd.Exited { Status: 0 } ? [.. report.Captured.Split('\n', StringSplitOptions.RemoveEmptyEntries)] : [];
    }

    private StepOutcome? Failure(ProcessReport report, string command)
    {
        switch (report.End)
        {
            case ProcessEnd.Exited { Status: 0 }:
                return null;
            case ProcessEnd.NotStarted:
                return new StepOutcome.Failed("systemd is not on this host: there is no `systemctl`",
                    "leave the step out here by `when: { program: systemctl }`, or start the program by `script:`");
            case ProcessEnd.Exited exited when Says(report, OutOfReach):
                return new StepOutcome.Failed("systemd does not run on this host, so it has no units",
                    "leave the step out here by `when: { unit: NAME }`", exited.Status);
            case ProcessEnd.Exited exited when Says(report, Denied):
                return new StepOutcome.Failed($"{Environment.UserName} may not `{command}`",
                    "run the hook as root (leave out `runas`), or grant it by a polkit rule for org.freedesktop.systemd1.manage-units",
                    exited.Status);
            case ProcessEnd.Exited exited:
                return new StepOutcome.Failed($"`{command}` ended with exit status {exited.Status}", null, exited.Status, report.Tail);
            default:
                return run.Judge(report, command);
        }
    }

    private static bool Says(ProcessReport report, string[] phrases) =>
        report.Tail.Any(line => phrases.Any(phrase => line.Contains(phrase, StringComparison.OrdinalIgnoreCase)));
}
