using System.Collections.Immutable;
using HookRunner.Core.Steps;

namespace HookRunner.Host.Steps.Service;

/// <summary>Says why a unit is not as it shall be, with the end of its journal.</summary>
internal static class UnitFailure
{
    /// <summary>Exit statuses that systemd itself gives before a program runs (systemd.exec(5), process exit codes).</summary>
    private static readonly Dictionary<int, (string Name, string Hint)> Setup = new()
    {
        [200] = ("CHDIR", "its WorkingDirectory= cannot be entered"),
        [203] = ("EXEC", "the program of its ExecStart= cannot be started: is it there, executable, and its `#!` line right?"),
        [209] = ("STDOUT", "its StandardOutput= cannot be opened"),
        [216] = ("GROUP", "its Group= does not exist"),
        [217] = ("USER", "its User= does not exist"),
        [226] = ("NAMESPACE", "a directory that it names (ReadWritePaths= and the like) does not exist"),
        [238] = ("STATE_DIRECTORY", "its StateDirectory= cannot be made"),
    };

    /// <summary>For `unit web.service failed (exit-code, status 203/EXEC)`.</summary>
    public static StepOutcome.Failed Of(UnitState state, string what, ImmutableArray<string> journal)
    {
        var known = Setup.TryGetValue(state.ExitStatus, out var setup);
        var status = state.ExitStatus == 0 ? "" : $", status {state.ExitStatus}{(known ? $"/{setup.Name}" : "")}";
        var result = state.Result is "" or "success" ? $"{state.ActiveState}/{state.SubState}" : state.Result;
        var hint = known ? setup.Hint : Hint(state.Result);
        return new StepOutcome.Failed($"unit `{state.Name}` {what} ({result}{status})", hint, Detail: journal);
    }

    /// <summary>A unit that cannot be used at all; null where it can.</summary>
    public static StepOutcome.Failed? Unusable(UnitState state) => state switch
    {
        { IsMissing: true } => new StepOutcome.Failed($"unit `{state.Name}` does not exist on this host",
            "is its file installed? `if_present: true` passes over units that are missing"),
        { IsMasked: true } => new StepOutcome.Failed($"unit `{state.Name}` is masked", $"`systemctl unmask {state.Name}`"),
        { LoadState: not ("loaded" or "merged") } => new StepOutcome.Failed(
            $"systemd cannot load unit `{state.Name}` ({state.LoadState}{(state.LoadError.Length == 0 ? "" : $": {state.LoadError}")})",
            $"`systemd-analyze verify {state.Name}` names the line"),
        _ => null,
    };

    private static string? Hint(string result) => result switch
    {
        "oom-kill" => "the kernel ended it for want of memory",
        "start-limit-hit" => "it was started too often in a short time",
        "timeout" => "it did not say that it is ready in time (TimeoutStartSec=)",
        "protocol" => "it did not report as its Type= has it",
        "watchdog" => "its watchdog ran out",
        _ => null,
    };
}
