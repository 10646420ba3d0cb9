using System.Globalization;
using HookRunner.Core.Steps;
using HookRunner.Core.Values;
using HookRunner.Host.Steps.Stopping;

namespace HookRunner.Host.Steps;

/// <summary>`stop_process: {pid_file|port|program, within}`: a program that no unit of systemd has in its care runs no longer.</summary>
/// <param name="By">The key that was written.</param>
internal sealed record StopProcessAction(string By, Template Value, TimeSpan Within) : HostAction
{
    private static readonly string[] Ways = ["pid_file", "port", "program"];

    public static StepKind Kind { get; } = new()
    {
        Name = "stop_process",
        Summary = "ends processes and all that they started: TERM to the topmost, then to what outlives them, KILL after `within`; "
            + "where none runs, that is said and fine",
        Keys =
        [
            new KindKey(
                "pid_file", ValueShape.Path,
                "a file that holds a pid; not believed where the process began after it was written, or is neither its owner's nor root's to name; "
                + "removed once the process is gone"),
            new KindKey("port", ValueShape.Count, "a TCP port of this host: whatever listens there"),
            new KindKey(
                "program", ValueShape.Text,
                "a program's exact name, or the absolute path of its file (of the script or jar, where an interpreter runs it): every process of it "
                + "on this host, containers left out"),
            new KindKey("within", ValueShape.Duration, "the time between TERM and KILL", "10s"),
        ],
        Read = Read,
    };

    public override string Subject => By == "port" ? $"port {Value}" : Value.ToString();

    public override string Describe() => string.Concat(
        By switch
        {
            "pid_file" => $"stop the process of {Value}",
            "port" => $"stop what listens on port {Value}",
            _ => $"stop every process of {Value}",
        },
        $", with all that it started: TERM, KILL after {Duration.Format(Within)}; none running is fine");

    public override StepOutcome Run(StepRun run) => ProcessStop.Do(run, Target(), Within);

    private StopTarget Target() => By switch
    {
        "pid_file" => new PidFileTarget(Value.Text),
        "port" => new PortTarget(int.Parse(Value.Text, CultureInfo.InvariantCulture)),
        _ => new ProgramTarget(Value.Text),
    };

    private static StopProcessAction? Read(StepFields fields)
    {
        var ways = Ways.Where(fields.Has).ToList();
        if (ways is not [var way])
        {
            fields.Diagnostics.Error(fields.Location, ways.Count == 0
                ? "`stop_process` does not say what to stop; expected one of pid_file, port, program"
                : $"`stop_process` has {string.Join(" and ", ways)}; expected one of them", ways.Count == 0 ? null : "use a step for each");
            return null;
        }

        var value = way == "pid_file" ? fields.Destination(way) : fields.Text(way);
        var within = fields.Duration("within") ?? TimeSpan.FromSeconds(10);
        return value is not null && IsSound(fields, way, value) ? new StopProcessAction(way, value, within) : null;
    }

    private static bool IsSound(StepFields fields, string way, Template value)
    {
        if (way == "port" && value.IsComplete)
        {
            return fields.Count(way, 1, ushort.MaxValue) is not null;
        }

        if (way != "program" || !value.IsComplete || ProgramTarget.Mistake(value.Text) is not { } mistake)
        {
            return true;
        }

        fields.Error(way, mistake.Message, mistake.Remedy);
        return false;
    }
}
