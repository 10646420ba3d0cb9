using System.Globalization;
using HookRunner.Core.Steps;
using HookRunner.Core.Values;
using HookRunner.Host.Steps.Service;
using HookRunner.Host.Steps.WaitFor;

namespace HookRunner.Host.Steps;

/// <summary>`wait_for: {tcp|file|unit|process|gone|command}`: waits for one thing, never without a bound.</summary>
/// <param name="What">The key that was written.</param>
/// <param name="Value">What stands there; for a command its words.</param>
internal sealed record WaitForAction(string What, Template Value, CommandText? Command, TimeSpan Within, TimeSpan? Interval) : HostAction
{
    private static readonly string[] Things = ["tcp", "file", "unit", "process", "gone", "command"];

    public static StepKind Kind { get; } = new()
    {
        Name = "wait_for",
        Summary = "waits until one thing is there: a port that accepts connections, a file, an active unit, a process or its end, "
            + "a command that succeeds",
        Keys =
        [
            new KindKey("tcp", ValueShape.Text, "`PORT` of this machine, or `HOST:PORT`"),
            new KindKey("file", ValueShape.Path, "a path that must exist"),
            new KindKey("unit", ValueShape.Text, "a unit of systemd that must be active"),
            new KindKey("process", ValueShape.Text, "a program's name, or the absolute path of a pid file"),
            new KindKey("gone", ValueShape.Text, "the same, of which none may live any more"),
            new KindKey("command", ValueShape.Command, "a command that must end 0"),
            new KindKey("within", ValueShape.Duration, "how long it may take", "60s"),
            new KindKey("interval", ValueShape.Duration, "the time between looks", "200ms; 1s for a unit or a command"),
        ],
        StartsProgram = true,
        BoundsItself = true,
        Read = Read,
    };

    public override string Subject => $"{What} {Value}";

    public override string Describe() => $"wait for {What switch
    {
        "tcp" => $"a program on {(IsPort(Value) ? $"port {Value}" : Value)}",
        "file" => $"file {Value}",
        "unit" => $"unit {Value} to be active",
        "process" => $"process {Value}",
        "gone" => $"the end of process {Value}",
        _ => $"`{Value}` to succeed",
    }}; within {Duration.Format(Within)}";

    public override StepOutcome Run(StepRun run)
    {
        Awaited awaited = What switch
        {
            "tcp" => Address(Value.Text)!,
            "file" => new Awaited.File(Value.Text),
            "unit" => new Awaited.Unit(UnitName.Full(Value.Text)),
            "process" => new Awaited.Process(Value.Text),
            "gone" => new Awaited.Gone(Value.Text),
            _ => new Awaited.Command(Command!),
        };
        var usual = TimeSpan.FromMilliseconds(What is "unit" or "command" ? 1000 : 200);
        return new WaitLoop(run, awaited, Within, Interval ?? usual).Run();
    }

    private static WaitForAction? Read(StepFields fields)
    {
        var things = Things.Where(fields.Has).ToList();
        if (things is not [var what])
        {
            fields.Diagnostics.Error(fields.Location, things.Count == 0
                ? $"`wait_for` says nothing to wait for; expected one of {string.Join(", ", Things)}"
                : $"`wait_for` has {string.Join(" and ", things)}; expected one thing", things.Count == 0 ? null : "use a step for each");
            return null;
        }

        var within = fields.Duration("within") ?? TimeSpan.FromSeconds(60);
        var interval = fields.Duration("interval");
        if (what == "command")
        {
            var command = fields.Command(what);
            return command is null
                ? null
                : new WaitForAction(what, Template.Literal(command.ToString(), command.Location), command, within, interval);
        }

        return Worded(fields, what) is { } value ? new WaitForAction(what, value, null, within, interval) : null;
    }

    private static Template? Worded(StepFields fields, string what)
    {
        var value = what == "file" ? fields.Destination(what) : fields.Text(what);
        if (value is not { IsComplete: true })
        {
            return value;
        }

        var (message, remedy) = what switch
        {
            "tcp" when Address(value.Text) is null => (
                $"`{value}` is no address; expected `PORT` or `HOST:PORT`",
                "an IPv6 address stands in brackets: `[::1]:80`"),
            "unit" => (UnitName.Mistake(value.Text), null),
            "process" or "gone" when !IsProcess(value.Text) => (
                $"`{value}` is no program's name; expected one such as `java`, or the absolute path of a pid file",
                null),
            _ => ((string?)null, (string?)null),
        };
        if (message is null)
        {
            return value;
        }

        fields.Error(what, message, remedy);
        return null;
    }

    private static bool IsProcess(string text) => text.StartsWith('/') || (text.Length > 0 && !text.AsSpan().ContainsAny("/ \t\n"));

    private static bool IsPort(Template value) => value.IsComplete && !value.Text.Contains(':', StringComparison.Ordinal);

    private static Awaited.Tcp? Address(string text)
    {
        var colon = text.LastIndexOf(':');
        var host = colon < 0 ? "localhost" : text[..colon];
        if (host.StartsWith('[') && host.EndsWith(']'))
        {
            host = host[1..^1];
        }
        else if (host.AsSpan().ContainsAny(':', '/', ' '))
        {
            return null;
        }

        var isNumber = int.TryParse(text[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var port);
        return isNumber && host.Length > 0 && port is > 0 and < 65536 ? new Awaited.Tcp(host, port) : null;
    }
}
