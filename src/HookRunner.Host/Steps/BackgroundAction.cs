using System.Globalization;
using HookRunner.Core.Steps;
using HookRunner.Core.Values;
using HookRunner.Host.Steps.Background;

namespace HookRunner.Host.Steps;

/// <summary>`background: {command, log, pid_file, unit, alive_for, port}`: a program that runs on when the event has ended.</summary>
internal sealed record BackgroundAction : HostAction
{
    public static StepKind Kind { get; } = new()
    {
        Name = "background",
        Summary = "starts a program that outlives the event, in place of the one that an earlier deployment started so: as a transient unit where "
            + "systemd runs and hookrunner is root, else detached, in a session of its own; one that dies at once fails the step with its last lines",
        Keys =
        [
            new KindKey("command", ValueShape.Command, "a text under the rules of `run`, or a list under those of `exec`; it stays in the foreground", Required: true),
            new KindKey("log", ValueShape.Path, "a file that its output is appended to; a new one is the step's user's, 0640",
                "the journal; without systemd `background/NAME.log` beside hookrunner's logs"),
            new KindKey("pid_file", ValueShape.Path, "a file for its pid, written at once; `stop_process` takes it"),
            new KindKey("unit", ValueShape.Text, "its name, and that of its unit", "`hookrunner-APPLICATION-` and the name of `pid_file`, or else of the program"),
            new KindKey("alive_for", ValueShape.Duration, "how long it must live to count as started", "3s"),
            new KindKey("port", ValueShape.Count, "a TCP port on which it, or what it starts, must listen within `timeout`, else 60s; refused where another listens"),
        ],
        Shorthand = "command",
        StartsProgram = true,
        Read = Read,
    };

    public required CommandText Command { get; init; }

    public required Template Unit { get; init; }

    public Template? Log { get; init; }

    public Template? PidFile { get; init; }

    public Template? Port { get; init; }

    public TimeSpan AliveFor { get; init; } = TimeSpan.FromSeconds(3);

    public override string Subject => Command.ToString().Split('\n')[0];

    public override string Describe() => string.Concat(
        $"start `{Subject}` in the background as {Unit}, in place of one that runs; alive for {Duration.Format(AliveFor)}",
        Port is null ? "" : $" and listening on port {Port}",
        Log is null ? "" : $"; output to {Log}",
        PidFile is null ? "" : $"; pid in {PidFile}");

    public override StepOutcome Run(StepRun run) => BackgroundAct.Do(run, new BackgroundWish(
        BackgroundName.Plain(Unit.Text),
        Command,
        Log?.Text,
        PidFile?.Text,
        AliveFor,
        Port is null ? null : int.Parse(Port.Text, CultureInfo.InvariantCulture)));

    private static BackgroundAction? Read(StepFields fields)
    {
        var pidFile = fields.Destination("pid_file");
        var port = fields.Text("port");
        if (fields.Command("command") is not { } command || (port is { IsComplete: true } && fields.Count("port", 1, ushort.MaxValue) is null))
        {
            return null;
        }

        var unit = fields.Text("unit");
        if (unit is { IsComplete: true } && BackgroundName.Mistake(unit.Text) is { } mistake)
        {
            fields.Error("unit", mistake);
            return null;
        }

        return new BackgroundAction
        {
            Command = command,
            Unit = unit ?? BackgroundName.Default(fields, command, pidFile),
            Log = fields.Destination("log"),
            PidFile = pidFile,
            Port = port,
            AliveFor = fields.Duration("alive_for") ?? TimeSpan.FromSeconds(3),
        };
    }
}
