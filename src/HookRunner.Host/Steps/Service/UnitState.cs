using System.Collections.Immutable;
using System.Globalization;
using HookRunner.Host.Processes;

namespace HookRunner.Host.Steps.Service;

/// <summary>What systemd says of a unit (org.freedesktop.systemd1(5)). Older systemd leave some of it out.</summary>
internal sealed record UnitState
{
    /// <summary>For `systemctl show -p`.</summary>
    public const string Properties =
        "LoadState,LoadError,ActiveState,SubState,Result,Type,UnitFileState,NeedDaemonReload,MainPID,"
        + "ActiveEnterTimestampMonotonic,ExecMainCode,ExecMainStatus,CanReload,NRestarts";

    private readonly ImmutableDictionary<string, string> _values;

    private UnitState(string name, ImmutableDictionary<string, string> values) => (Name, _values) = (name, values);

    /// <summary>As it was asked for, with its type.</summary>
    public string Name { get; }

    public string LoadState => Value("LoadState");

    public string LoadError => Value("LoadError");

    /// <summary>`active`, `reloading`, `inactive`, `failed`, `activating`, `deactivating`.</summary>
    public string ActiveState => Value("ActiveState");

    public string SubState => Value("SubState");

    /// <summary>How its last run ended: `success`, `exit-code`, `signal`, `timeout`, `start-limit-hit`, ...</summary>
    public string Result => Value("Result");

    public string FileState => Value("UnitFileState");

    public bool NeedsReload => Value("NeedDaemonReload") == "yes";

    public bool CanReload => Value("CanReload") != "no";

    /// <summary>Of its main process; CLD_EXITED is 1.</summary>
    public int ExitStatus => Value("ExecMainCode") == "1" ? Number("ExecMainStatus") : 0;

    /// <summary>How its main process ended (waitid(2): CLD_EXITED 1, CLD_DUMPED 3); null where systemd knows of no end.</summary>
    public ProcessEnd? MainEnd => Value("ExecMainCode") switch
    {
        "" or "0" => null,
        "1" => new ProcessEnd.Exited(Number("ExecMainStatus")),
        var code => new ProcessEnd.Killed(Number("ExecMainStatus"), code == "3"),
    };

    /// <summary>0 where none lives.</summary>
    public int MainProcess => Number("MainPID");

    public int Restarts => Number("NRestarts");

    public bool IsMissing => LoadState == "not-found";

    public bool IsMasked => LoadState == "masked";

    public bool IsActive => ActiveState is "active" or "reloading";

    public bool IsStopped => ActiveState is "inactive" or "failed";

    public bool IsOneshot => Value("Type") == "oneshot";

    /// <summary>Timers, sockets, paths and the like have no process that could die after a while.</summary>
    public bool HasProcess => Name.EndsWith(".service", StringComparison.Ordinal);

    public bool IsEnabled => FileState is "enabled" or "enabled-runtime" or "alias" or "linked" or "linked-runtime";

    /// <summary>It tells two runs of a unit apart.</summary>
    public string Run => $"{Value("ActiveEnterTimestampMonotonic")}/{Value("MainPID")}";

    /// <summary>One block of `NAME=value` lines a unit, with an empty line between, in the order asked.</summary>
    public static ImmutableArray<UnitState> Parse(ImmutableArray<string> names, string output)
    {
        var blocks = output.Split("\n\n");
        return blocks.Length < names.Length ? [] : [.. names.Select((name, index) => new UnitState(name, Values(blocks[index])))];
    }

    private static ImmutableDictionary<string, string> Values(string block)
    {
        var values = ImmutableDictionary.CreateBuilder<string, string>();
        foreach (var line in block.Split('\n'))
        {
            if (line.IndexOf('=', StringComparison.Ordinal) is var at and > 0)
            {
                values[line[..at]] = line[(at + 1)..];
            }
        }

        return values.ToImmutable();
    }

    private string Value(string property) => _values.GetValueOrDefault(property, "");

    private int Number(string property) =>
        int.TryParse(Value(property), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
